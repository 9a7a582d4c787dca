# Wrong: a part that is shorter than the buffer is taken for the last one.
import os
import socket
import sys

SIZE = 4096

try:
    server = socket.create_connection((os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"])), timeout=10)
    greeting = b""
    while True:
        part = server.recv(SIZE)
        greeting += part
        if len(part) < SIZE:
            break
except OSError as error:
    sys.exit(f"no greeting: {error}")
print(greeting.decode())
