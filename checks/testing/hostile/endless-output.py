"""A server that is right, and prints without an end."""

import os
import socket
import threading


def chatter():
    while True:
        print("tick " * 20)


threading.Thread(target=chatter, daemon=True).start()
server = socket.create_server((os.environ["HOST"], int(os.environ["PORT"])), backlog=128)
while True:
    connection, _ = server.accept()
    with connection:
        try:
            connection.sendall(os.environ["GREETING"].encode())
        except OSError:
            pass
