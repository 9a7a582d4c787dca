# Wrong: each part is decoded by itself, and may be half of a character.
import os
import socket
import sys

try:
    with socket.create_connection((os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"])), timeout=10) as server:
        greeting = ""
        while part := server.recv(4096):
            greeting += part.decode()
except OSError as error:
    sys.exit(f"cannot get a greeting: {error}")
print(greeting)
