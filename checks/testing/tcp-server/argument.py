# Wrong: it takes its port from an argument that nobody gives.
import os
import socket
import sys

port = int(sys.argv[1])
with socket.create_server((os.environ["HOST"], port)) as server:
    while True:
        connection, _ = server.accept()
        with connection:
            connection.sendall(os.environ["GREETING"].encode())
