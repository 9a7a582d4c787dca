"""The TCP client of the lecture: connects, reads to the end of the stream, and prints it."""
import os
import socket

SERVER_HOST = os.environ.get("SERVER_HOST", "tcp-server")
SERVER_PORT = int(os.environ.get("SERVER_PORT", "50000"))

client = socket.create_connection((SERVER_HOST, SERVER_PORT))
greeting = b""
while True:
    part = client.recv(1024)
    if not part:
        break
    greeting += part
client.close()
print("received:", greeting.decode())
