"""A server that does not read what its client has said."""
import select
import socket

with socket.create_server(("0.0.0.0", 50000)) as listener:
    client, _ = listener.accept()
    with client:
        select.select([client], [], [])  # waits until it is there, and leaves it there
        client.sendall(b"Hello!")
