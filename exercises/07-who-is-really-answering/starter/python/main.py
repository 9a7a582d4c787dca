"""A UDP client: sends a message, and again when no echo comes. It believes whoever answers."""
import os
import socket
import sys

SERVER_HOST = os.environ.get("SERVER_HOST", "udp-echo-server")
SERVER_PORT = int(os.environ.get("SERVER_PORT", "50000"))
MESSAGE = os.environ.get("MESSAGE", "Hello, UDP World!")

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for seconds in (1, 2, 4):
    client.sendto(MESSAGE.encode(), (SERVER_HOST, SERVER_PORT))
    client.settimeout(seconds)
    try:
        data, address = client.recvfrom(65535)
    except TimeoutError:
        continue
    sys.stdout.buffer.write(data + b"\n")
    sys.exit(0)

sys.exit("no echo to any of 3 tries")
