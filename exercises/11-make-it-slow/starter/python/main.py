"""A TCP server that sends its greeting many times. It serves one client after the other."""
import os
import socket

HOST = os.environ.get("HOST", "0.0.0.0")
PORT = int(os.environ.get("PORT", "50000"))
GREETING = os.environ.get("GREETING", "Hello, client! Connection established.")
TIMES = int(os.environ.get("TIMES", "1"))


def serve(client, address):
    """Sends a client the greeting, and returns when the kernel has all of it."""
    print("connected:", address, flush=True)
    with client:
        try:
            for _ in range(TIMES):
                client.sendall(GREETING.encode())
        except OSError as error:
            print("lost:", address, error, flush=True)


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((HOST, PORT))
server.listen()
print("listening on", server.getsockname(), flush=True)

while True:
    serve(*server.accept())
