"""A UDP client: sends a message, and prints its echo. It waits for that for ever."""
import os
import socket
import sys

SERVER_HOST = os.environ.get("SERVER_HOST", "udp-echo-server")
SERVER_PORT = int(os.environ.get("SERVER_PORT", "50000"))
MESSAGE = os.environ.get("MESSAGE", "Hello, UDP World!")

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.sendto(MESSAGE.encode(), (SERVER_HOST, SERVER_PORT))
data, address = client.recvfrom(65535)
sys.stdout.buffer.write(data + b"\n")
