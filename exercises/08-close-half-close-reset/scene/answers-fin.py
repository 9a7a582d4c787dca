"""A server that reads to the end, and then sends."""
import socket

with socket.create_server(("0.0.0.0", 50000)) as listener:
    client, _ = listener.accept()
    with client:
        while client.recv(1024):
            pass
        client.sendall(b"Hello!")
