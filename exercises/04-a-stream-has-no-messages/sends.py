"""A TCP server that sends what is between the bars of GREETING, each part with a call of its own, and closes."""
import os
import signal
import socket

server = socket.create_server(("0.0.0.0", 50000))
client, _ = server.accept()
for part in os.environ["GREETING"].split("|"):
    client.sendall(part.encode())
client.close()
# So that its host is still there when the client closes.
signal.pause()
