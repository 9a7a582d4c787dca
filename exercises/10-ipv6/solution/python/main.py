"""A TCP server that greets its clients, over IPv4 and over IPv6."""
import os
import socket

HOST = os.environ.get("HOST", "0.0.0.0")
PORT = int(os.environ.get("PORT", "50000"))
GREETING = os.environ.get("GREETING", "Hello, client! Connection established.")

family, kind, protocol, _, address = socket.getaddrinfo(HOST, PORT, type=socket.SOCK_STREAM)[0]
server = socket.socket(family, kind, protocol)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
if family == socket.AF_INET6:
    server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
server.bind(address)
server.listen()
print("listening on", server.getsockname(), flush=True)

while True:
    client, address = server.accept()
    print("connected:", address, flush=True)
    try:
        client.sendall(GREETING.encode())
    except OSError as error:
        print("lost:", address, error, flush=True)
    client.close()
