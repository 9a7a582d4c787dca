# Wrong: SIGTERM raises an exception that nobody handles, and the program ends with 1.
import os
import signal
import socket
import sys


def stopped(signum, frame):
    raise RuntimeError("interrupted")


signal.signal(signal.SIGTERM, stopped)
address = (os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"]))
try:
    with socket.create_connection(address, timeout=5) as connection:
        greeting = b""
        while part := connection.recv(1024):
            greeting += part
except OSError as error:
    sys.exit(f"tcp-client: {error}")
sys.stdout.buffer.write(greeting)
