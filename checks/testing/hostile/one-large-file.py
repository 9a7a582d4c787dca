"""A server that is right, and writes a file beforehand that is as long as it can be."""

import os
import socket

try:
    with open("/tmp/full", "wb") as file:
        while True:
            file.write(bytes(1024 * 1024))
except OSError as error:
    print(error)
server = socket.create_server((os.environ["HOST"], int(os.environ["PORT"])), backlog=128)
while True:
    connection, _ = server.accept()
    with connection:
        try:
            connection.sendall(os.environ["GREETING"].encode())
        except OSError:
            pass
