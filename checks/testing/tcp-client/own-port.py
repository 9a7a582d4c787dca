# Wrong: the server's port is written into the program.
import os
import socket
import sys

PORT = 8080

try:
    with socket.create_connection((os.environ["SERVER_HOST"], PORT), timeout=10) as server:
        with server.makefile("rb") as stream:
            sys.stdout.buffer.write(stream.read())
except OSError as error:
    sys.exit(f"no greeting: {error}")
