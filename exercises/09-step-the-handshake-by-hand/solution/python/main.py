"""A TCP client that prints the greeting of its server, and gives up on one that is silent or absent."""
import os
import socket
import sys

HOST = os.environ.get("SERVER_HOST", "tcp-server")
PORT = int(os.environ.get("SERVER_PORT", "50000"))
CONNECT_S = 5
SILENCE_S = 8


def receive(server):
    """Returns the greeting, in bytes: all that comes until the server has closed the connection."""
    parts = []
    while part := server.recv(1024):
        parts.append(part)
    return b"".join(parts)


try:
    with socket.create_connection((HOST, PORT), CONNECT_S) as server:
        server.settimeout(SILENCE_S)
        greeting = receive(server)
except OSError as error:
    sys.exit(f"cannot get the greeting of {HOST}: {error}")
print("received:", greeting.decode())
