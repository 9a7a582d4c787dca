"""A TCP client that begins to read when all that the server sends is there. It asks for ASKED bytes with each call."""
import os
import select
import socket

client = socket.create_connection((os.environ["SERVER_HOST"], 50000))
closed = select.poll()
closed.register(client, select.POLLRDHUP)
closed.poll()
while client.recv(int(os.environ["ASKED"])):
    pass
client.close()
