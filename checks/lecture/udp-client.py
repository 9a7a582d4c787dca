"""The UDP client of the lecture: sends a message, waits for its echo, and prints it."""
import os
import socket

SERVER_HOST = os.environ.get("SERVER_HOST", "udp-echo-server")
SERVER_PORT = int(os.environ.get("SERVER_PORT", "50000"))
MESSAGE = os.environ.get("MESSAGE", "Hello, UDP World!")

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.sendto(MESSAGE.encode(), (SERVER_HOST, SERVER_PORT))
data, address = client.recvfrom(1024)
print("received:", data.decode())
