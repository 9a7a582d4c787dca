# Wrong: the socket is one for TCP.
import os
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind((os.environ["HOST"], int(os.environ["PORT"])))
server.listen()
while True:
    connection, address = server.accept()
    with connection:
        data = connection.recv(1024)
        connection.sendall(b"Echo: " + data)
