# Wrong: decode raises an exception at bytes that are no UTF-8.
import os
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((os.environ["HOST"], int(os.environ["PORT"])))
while True:
    data, client = server.recvfrom(2048)
    message = data.decode()
    server.sendto(f"Echo: {message}".encode(), client)
