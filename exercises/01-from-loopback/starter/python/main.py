"""A TCP server that greets its client. It works on your own machine, and only there."""
import os
import socket

PORT = int(os.environ.get("PORT", "50000"))
GREETING = os.environ.get("GREETING", "Hello, client! Connection established.")

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", PORT))
server.listen()
print("listening on", server.getsockname(), flush=True)

client, address = server.accept()
print("connected:", address, flush=True)
client.sendall(GREETING.encode())
client.close()
