# Wrong: print(bytes) prints b'...' and escapes what is not ASCII.
import os
import socket
import sys

try:
    with socket.create_connection((os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"])), timeout=10) as server:
        greeting = b""
        while part := server.recv(4096):
            greeting += part
except OSError as error:
    sys.exit(f"no greeting: {error}")
print("received:", greeting)
