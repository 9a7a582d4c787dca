# Wrong: it answers to a fixed port of the client's host.
import os
import socket

CLIENT_PORT = 50001

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((os.environ["HOST"], int(os.environ["PORT"])))
while True:
    data, (address, port) = server.recvfrom(2048)
    server.sendto(b"Echo: " + data, (address, CLIENT_PORT))
