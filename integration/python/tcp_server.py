"""The TCP server of the lecture: greets each client in turn, and closes."""
import os
import signal
import socket
import sys

HOST = os.environ.get("HOST", "0.0.0.0")
PORT = int(os.environ.get("PORT", "50000"))
GREETING = os.environ.get("GREETING", "Hello, client! Connection established.")


def name(address):
    host, port = address[:2]
    host = host.removeprefix("::ffff:")  # an IPv4 client of a dual-stack socket
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


# Process 1 has no default action for SIGTERM.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))

family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
with socket.create_server((HOST, PORT), family=family, dualstack_ipv6=HOST == "::") as server:
    print("listening on", name(server.getsockname()))
    while True:
        client, address = server.accept()
        print("accepted", name(address))
        with client:
            try:
                client.sendall(GREETING.encode())
            except OSError as error:
                print("could not greet", name(address), error)
        print("closed", name(address))
