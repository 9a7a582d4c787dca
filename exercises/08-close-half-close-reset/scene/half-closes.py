"""A client that has nothing to say, and says so: then it reads to the end."""
import socket

with socket.create_connection(("server", 50000)) as server:
    server.shutdown(socket.SHUT_WR)
    while server.recv(1024):
        pass
