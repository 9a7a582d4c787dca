# Right: one thread and select, with what is left to be sent of each client.
import os
import select
import socket

server = socket.create_server((os.environ["HOST"], int(os.environ["PORT"])), backlog=128)
server.setblocking(False)
left = {}
while True:
    readable, writable, _ = select.select([server], list(left), [])
    if readable:
        try:
            client, _ = server.accept()
            client.setblocking(False)
            left[client] = os.environb[b"GREETING"]
        except OSError:
            pass  # it has gone again
    for client in writable:
        try:
            left[client] = left[client][client.send(left[client]) :]
        except OSError:
            left[client] = b""
        if not left[client]:
            del left[client]
            client.close()
