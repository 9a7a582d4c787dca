"""The UDP echo server of the lecture: answers each datagram with "Echo: " and what was in it."""
import os
import signal
import socket
import sys

HOST = os.environ.get("HOST", "0.0.0.0")
PORT = int(os.environ.get("PORT", "50000"))
BUFFER_SIZE = int(os.environ.get("BUFFER_SIZE", "1024"))


def name(address):
    host, port = address[:2]
    host = host.removeprefix("::ffff:")  # an IPv4 client of a dual-stack socket
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


# Process 1 has no default action for SIGTERM.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))

family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
with socket.socket(family, socket.SOCK_DGRAM) as server:
    if HOST == "::":
        server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    server.bind((HOST, PORT))
    print("listening on", name(server.getsockname()))
    while True:
        data, address = server.recvfrom(BUFFER_SIZE)
        print(f"received {len(data)} bytes from {name(address)}")
        try:
            server.sendto(b"Echo: " + data, address)
        except OSError as error:
            print("could not answer", name(address), error)
