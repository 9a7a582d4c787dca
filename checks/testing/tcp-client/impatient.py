# Wrong: a third of a second without a byte is taken for the end of the greeting.
import os
import socket
import sys

greeting = b""
try:
    server = socket.create_connection((os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"])), timeout=10)
    greeting += server.recv(4096)
    server.settimeout(0.35)
    try:
        while part := server.recv(4096):
            greeting += part
    except TimeoutError:
        pass
except OSError as error:
    sys.exit(f"no greeting: {error}")
sys.stdout.buffer.write(greeting)
