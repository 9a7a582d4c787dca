# Wrong: at :: it takes IPv6 alone, as create_server does where it is not told otherwise.
import os
import socket
import threading

HOST = os.environ["HOST"]
GREETING = os.environ["GREETING"].encode()


def serve(connection):
    with connection:
        try:
            connection.sendall(GREETING)
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(2)
            while connection.recv(1024):
                pass
        except OSError:
            pass


family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
with socket.create_server((HOST, int(os.environ["PORT"])), family=family, backlog=64) as server:
    while True:
        connection, _ = server.accept()
        threading.Thread(target=serve, args=[connection], daemon=True).start()
