"""Sends more than fits in the kernel with one call of send. As its socket has a time limit, send does not wait."""
import socket

server = socket.create_server(("0.0.0.0", 50000))
client, _ = server.accept()
client.settimeout(5)
client.send(bytes(10_000_000))
client.close()
