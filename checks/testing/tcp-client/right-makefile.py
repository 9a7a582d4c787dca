# Right: a file object reads to the end and decodes all at once.
import os
import socket
import sys

address = os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"])
try:
    with socket.create_connection(address, timeout=8) as server, server.makefile("rb") as stream:
        greeting = stream.read()
except OSError as error:
    sys.exit(f"no greeting from {address}: {error}")
sys.stdout.reconfigure(encoding="utf-8")
print("The server says:")
print(greeting.decode())
