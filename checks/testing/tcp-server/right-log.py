# Right: one client after the other, in a log that it keeps beside itself.
import os
import socket

server = socket.create_server((os.environ["HOST"], int(os.environ["PORT"])), backlog=128)
log = open("clients.log", "a")
while True:
    client, address = server.accept()
    try:
        client.sendall(os.environ["GREETING"].encode())
    except OSError as error:
        print(error, file=log, flush=True)
    client.close()
    print(address, file=log, flush=True)
