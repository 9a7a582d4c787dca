"""A client that says something, and then reads to the end."""
import socket

with socket.create_connection(("server", 50000)) as server:
    server.sendall(b"hello\n")
    try:
        while server.recv(1024):
            pass
    except ConnectionError as error:
        print(error, flush=True)
