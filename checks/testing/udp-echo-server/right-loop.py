# Right: one loop, and bytes that are never text.
import os
import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try:
    server.bind((os.environ["HOST"], int(os.environ["PORT"])))
except OSError as error:
    sys.exit(f"cannot bind: {error}")
while True:
    data, client = server.recvfrom(65535)
    if data.startswith(3 * b"Echo: "):
        continue  # two echo servers must not answer each other for ever
    try:
        server.sendto(b"Echo: " + data[:1024], client)
    except OSError as error:
        print(f"cannot answer {client}: {error}", file=sys.stderr)
