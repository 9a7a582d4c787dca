"""A UDP client that takes for the echo only what its server sends, and only the echo of its message."""
import os
import socket
import sys
import time

SERVER_HOST = os.environ.get("SERVER_HOST", "udp-echo-server")
SERVER_PORT = int(os.environ.get("SERVER_PORT", "50000"))
MESSAGE = os.environ.get("MESSAGE", "Hello, UDP World!").encode()
ECHO = b"Echo: " + MESSAGE


def echo_comes(client, seconds):
    """Whether the echo comes in time. Whatever else comes is ignored, and wins no time."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        client.settimeout(left)
        try:
            if client.recv(65535) == ECHO:
                return True
        except TimeoutError:
            break
    return False


client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try:
    client.connect((SERVER_HOST, SERVER_PORT))
    for seconds in (1, 2, 4):
        client.send(MESSAGE)
        if echo_comes(client, seconds):
            sys.stdout.buffer.write(ECHO + b"\n")
            sys.exit(0)
except OSError as error:
    sys.exit(f"no echo: {error}")

sys.exit("no echo to any of 3 tries")
