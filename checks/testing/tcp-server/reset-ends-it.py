# Wrong: the exception of a client that has reset its connection ends the server.
import os
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((os.environ["HOST"], int(os.environ["PORT"])))
server.listen(128)
while True:
    connection, address = server.accept()
    connection.sendall(os.environ["GREETING"].encode())
    connection.shutdown(socket.SHUT_WR)
    connection.close()
