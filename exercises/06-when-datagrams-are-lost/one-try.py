"""Sends a datagram, and waits for its echo for one second."""
import os
import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(1)
client.sendto(b"Hello", (os.environ["SERVER_HOST"], 50000))
try:
    client.recvfrom(65535)
except TimeoutError:
    print("no echo")
