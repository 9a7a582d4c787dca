"""Sends four datagrams, one right after the other, and waits for their echoes."""
import os
import socket

server = (os.environ["SERVER_HOST"], 50000)
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
datagrams = [b"Hello", b"World", b"x" * 2000, b"End"]
for datagram in datagrams:
    client.sendto(datagram, server)
for _ in datagrams:
    client.recvfrom(65535)
