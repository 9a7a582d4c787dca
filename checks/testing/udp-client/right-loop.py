# Right: unconnected, compares sender and bytes, and waits twice as long after each try.
import os
import socket
import sys
import time

message = os.environb.get(b"MESSAGE", b"Hello, UDP World!")
host = os.environ.get("SERVER_HOST", "udp-echo-server")
port = int(os.environ.get("SERVER_PORT", "50000"))


def ask(client, server):
    for timeout in (0.5, 1, 2, 4):
        client.sendto(message, server)
        deadline = time.monotonic() + timeout
        while (left := deadline - time.monotonic()) > 0:
            client.settimeout(left)
            try:
                reply, sender = client.recvfrom(65535)
            except TimeoutError:
                break
            if sender == server and reply == b"Echo: " + message:
                return reply
    raise TimeoutError("no reply after four tries")


try:
    server = socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_DGRAM)[0][4]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        reply = ask(client, server)
except OSError as error:
    sys.exit(f"no echo: {error}")
sys.stdout.buffer.write(b"received: " + reply + b"\n")
