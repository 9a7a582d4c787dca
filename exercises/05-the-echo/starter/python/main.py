"""A UDP echo server. It serves its first client, and no other."""
import os
import socket

HOST = os.environ.get("HOST", "0.0.0.0")
PORT = int(os.environ.get("PORT", "50000"))

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((HOST, PORT))
print("waiting for datagrams at", server.getsockname(), flush=True)

data, address = server.recvfrom(1024)
server.connect(address)
print("connected:", address, flush=True)
while True:
    server.send(b"Echo: " + data)
    data = server.recv(1024)
