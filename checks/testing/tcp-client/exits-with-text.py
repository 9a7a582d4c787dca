# Wrong: sys.exit with a text prints it on standard error, and exits with 1.
import os
import socket
import sys


def main():
    with socket.create_connection((os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"])), timeout=10) as server:
        with server.makefile(encoding="utf-8", newline="") as stream:
            return stream.read()


try:
    greeting = main()
except OSError as error:
    sys.exit(f"no greeting: {error}")
sys.exit(greeting)
