# Wrong: the reply is sent twice, "as UDP loses datagrams".
import os
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((os.environ["HOST"], int(os.environ["PORT"])))
while True:
    data, client = server.recvfrom(2048)
    for _ in range(2):
        server.sendto(b"Echo: " + data, client)
