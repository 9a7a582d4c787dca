# Wrong: the socket is one for UDP.
import os
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((os.environ["HOST"], int(os.environ["PORT"])))
while True:
    data, client = server.recvfrom(1024)
    server.sendto(os.environ["GREETING"].encode(), client)
