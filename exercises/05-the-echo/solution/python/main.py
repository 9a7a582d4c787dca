"""A UDP echo server: answers each datagram, whoever has sent it."""
import os
import socket

HOST = os.environ.get("HOST", "0.0.0.0")
PORT = int(os.environ.get("PORT", "50000"))

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((HOST, PORT))
print("waiting for datagrams at", server.getsockname(), flush=True)

while True:
    data, address = server.recvfrom(1024)
    server.sendto(b"Echo: " + data, address)
