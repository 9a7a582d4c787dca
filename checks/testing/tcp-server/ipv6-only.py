# Wrong: the socket takes IPv6 alone, where HOST is an IPv4 address.
import os
import socket

with socket.create_server(("::", int(os.environ["PORT"])), family=socket.AF_INET6) as server:
    while True:
        connection, address = server.accept()
        with connection:
            connection.sendall(os.environ["GREETING"].encode())
