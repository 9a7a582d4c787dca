"""A TCP server that greets its clients, and ends each connection politely."""
import os
import socket
import threading

HOST = os.environ.get("HOST", "0.0.0.0")
PORT = int(os.environ.get("PORT", "50000"))
GREETING = os.environ.get("GREETING", "Hello, client! Connection established.")
PATIENCE_S = 5


def end(client, address):
    """Says FIN to a client, and reads until the client has said it, too."""
    with client:
        try:
            client.shutdown(socket.SHUT_WR)
            client.settimeout(PATIENCE_S)
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
    print("connected:", address, flush=True)
    client.sendall(GREETING.encode())
    threading.Thread(target=end, args=(client, address), daemon=True).start()
