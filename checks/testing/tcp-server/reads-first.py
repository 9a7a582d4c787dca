# Wrong: it waits for a request before it greets.
import os
import socket
import threading


def serve(connection):
    with connection:
        try:
            request = connection.recv(1024)
            print("request:", request)
            connection.sendall(os.environ["GREETING"].encode())
        except OSError as error:
            print(error)


with socket.create_server((os.environ["HOST"], int(os.environ["PORT"])), backlog=128) as server:
    while True:
        connection, _ = server.accept()
        threading.Thread(target=serve, args=(connection,), daemon=True).start()
