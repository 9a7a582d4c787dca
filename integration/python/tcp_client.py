"""The TCP client of the lecture: connects, reads to the end of the stream, and prints it."""
import os
import socket
import sys

SERVER_HOST = os.environ.get("SERVER_HOST", "tcp-server")
SERVER_PORT = int(os.environ.get("SERVER_PORT", "50000"))
TIMEOUT_S = 5


def name(address):
    host, port = address[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


try:
    with socket.create_connection((SERVER_HOST, SERVER_PORT), timeout=TIMEOUT_S) as server:
        print("connected to", name(server.getpeername()), "from", name(server.getsockname()))
        greeting = b""
        while part := server.recv(1024):
            greeting += part
except OSError as error:
    sys.exit(f"no greeting from {SERVER_HOST} port {SERVER_PORT}: {error}")

# repr, because what a stranger sent could drive the terminal.
print(f"received {len(greeting)} bytes: {greeting.decode(errors='replace')!r}")
