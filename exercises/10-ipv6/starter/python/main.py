"""A TCP server that greets its clients, over IPv4 alone."""
import os
import socket

HOST = os.environ.get("HOST", "0.0.0.0")
PORT = int(os.environ.get("PORT", "50000"))
GREETING = os.environ.get("GREETING", "Hello, client! Connection established.")

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((HOST, PORT))
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
