"""A TCP client that prints the greeting of its server, as long as that comes in one piece."""
import os
import socket
import sys

HOST = os.environ.get("SERVER_HOST", "tcp-server")
PORT = int(os.environ.get("SERVER_PORT", "50000"))
TIMEOUT_S = 10


def receive(server):
    """Returns the greeting, in bytes."""
    return server.recv(1024)


try:
    with socket.create_connection((HOST, PORT), TIMEOUT_S) as server:
        greeting = receive(server)
except OSError as error:
    sys.exit(f"cannot get the greeting of {HOST}: {error}")
print("received:", greeting.decode())
