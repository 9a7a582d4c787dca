"""Sends one, and gives up on it after a second; then sends two, and takes what comes first for its echo."""
import os
import socket

server = (os.environ["SERVER_HOST"], 50000)
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.sendto(b"one", server)
client.settimeout(1)
try:
    client.recvfrom(1024)
except TimeoutError:
    print("no echo of one")
client.settimeout(None)
client.sendto(b"two", server)
print("received:", client.recvfrom(1024))
