"""A TCP server that greets its clients, and outlives each of them, however it leaves."""
import os
import socket
import threading

HOST = os.environ.get("HOST", "0.0.0.0")
PORT = int(os.environ.get("PORT", "50000"))
GREETING = os.environ.get("GREETING", "Hello, client! Connection established.")
PATIENCE_S = 5


def serve(client, address):
    """Greets a client, says FIN, and reads until the client has said it, too."""
    print("connected:", address, flush=True)
    with client:
        try:
            client.settimeout(PATIENCE_S)
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
