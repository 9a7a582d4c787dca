# Wrong: the limit of connect is that of recv, too.
import os
import socket
import sys

try:
    server = socket.create_connection((os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"])), 5)
    greeting = b""
    while part := server.recv(1024):
        greeting += part
except OSError as error:
    sys.exit(f"no greeting: {error}")
print(greeting.decode())
