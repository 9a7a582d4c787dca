"""The UDP client of the lecture: sends a message once, waits for its echo, and prints it."""
import os
import socket
import sys

SERVER_HOST = os.environ.get("SERVER_HOST", "udp-echo-server")
SERVER_PORT = int(os.environ.get("SERVER_PORT", "50000"))
MESSAGE = os.environ.get("MESSAGE", "Hello, UDP World!")
TIMEOUT_S = 5
DATAGRAM_BYTES_MAX = 65535


def name(address):
    host, port = address[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


try:
    server = socket.getaddrinfo(SERVER_HOST, SERVER_PORT, type=socket.SOCK_DGRAM)[0]
    family, kind, protocol, _, address = server
    with socket.socket(family, kind, protocol) as client:
        client.settimeout(TIMEOUT_S)
        client.sendto(MESSAGE.encode(), address)
        print("sent to", name(address), "from port", client.getsockname()[1])
        echo, sender = client.recvfrom(DATAGRAM_BYTES_MAX)
except OSError as error:
    sys.exit(f"no echo from {SERVER_HOST} port {SERVER_PORT}: {error}")

# repr, because what a stranger sent could drive the terminal.
print(f"received {len(echo)} bytes from {name(sender)}: {echo.decode(errors='replace')!r}")
