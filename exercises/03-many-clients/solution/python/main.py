"""A TCP server that greets its clients, each in a thread of its own."""
import os
import socket
import threading

HOST = os.environ.get("HOST", "0.0.0.0")
PORT = int(os.environ.get("PORT", "50000"))
GREETING = os.environ.get("GREETING", "Hello, client! Connection established.")


def serve(client, address):
    """Greets one client, and waits until it has closed its side of the connection."""
    print("connected:", address, flush=True)
    with client:
        try:
            client.sendall(GREETING.encode())
            client.shutdown(socket.SHUT_WR)
            while client.recv(1024):
                pass
        except OSError as error:
            print("lost:", address, error, flush=True)


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((HOST, PORT))
server.listen()
print("listening on", server.getsockname(), flush=True)

while True:
    client, address = server.accept()
    threading.Thread(target=serve, args=(client, address), daemon=True).start()
