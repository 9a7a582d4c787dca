# Wrong: the greeting is decoded as ASCII, and an error ends the program where it is not.
import os
import socket
import sys

address = (os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"]))
try:
    with socket.create_connection(address, timeout=5) as connection:
        greeting = b""
        while part := connection.recv(1024):
            greeting += part
except OSError as error:
    sys.exit(f"tcp-client: {error}")
print(greeting.decode("ascii"))
