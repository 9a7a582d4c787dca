# Wrong: it makes ASCII of the greeting, and ends after one in another language.
import os
import socket

server = socket.create_server((os.environ["HOST"], int(os.environ["PORT"])))
while True:
    connection, _ = server.accept()
    greeting = os.environ["GREETING"]
    with connection:
        connection.sendall(greeting.encode("ascii", "replace"))
    if not greeting.isascii():
        break
