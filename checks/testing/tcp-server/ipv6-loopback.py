# Wrong: it listens at ::1, which only its own host can reach.
import os
import socket

server = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("::1", int(os.environ["PORT"])))
server.listen()
print("server is running")
while True:
    connection, address = server.accept()
    connection.sendall(os.environ["GREETING"].encode())
    connection.close()
