# Wrong: it prints that it could not connect, and exits with 0.
import os
import socket
import sys

try:
    server = socket.create_connection((os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"])), timeout=10)
    greeting = b""
    while part := server.recv(4096):
        greeting += part
    sys.stdout.buffer.write(greeting + b"\n")
except OSError as error:
    print("Error:", error)
