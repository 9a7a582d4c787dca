# Wrong: one client after the other, and for each it waits until the client closes.
import os
import socket

with socket.create_server((os.environ["HOST"], int(os.environ["PORT"])), backlog=128) as server:
    while True:
        client, _ = server.accept()
        with client:
            try:
                client.sendall(os.environ["GREETING"].encode())
                client.shutdown(socket.SHUT_WR)
                while client.recv(1024):
                    pass
            except OSError:
                pass  # it has gone
