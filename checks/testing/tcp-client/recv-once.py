# Wrong: recv is called once, and returns what has come by then.
import os
import socket
import sys

try:
    with socket.create_connection((os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"])), timeout=10) as server:
        greeting = server.recv(200_000)
except OSError as error:
    sys.exit(f"cannot get a greeting: {error}")
sys.stdout.buffer.write(greeting)
