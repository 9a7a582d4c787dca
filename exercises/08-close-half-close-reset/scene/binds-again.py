"""A server that closes first, and then binds to the same port again."""
import socket

ADDRESS = ("0.0.0.0", 50000)

listener = socket.socket()
listener.bind(ADDRESS)
listener.listen()
client, _ = listener.accept()
client.sendall(b"Hello!")
client.shutdown(socket.SHUT_WR)
while client.recv(1024):
    pass
client.close()
listener.close()

try:
    socket.socket().bind(ADDRESS)
except OSError as error:
    print(error, flush=True)
