# Wrong: an empty datagram is taken for the end, as with TCP.
import os
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((os.environ["HOST"], int(os.environ["PORT"])))
while True:
    data, client = server.recvfrom(4096)
    if not data:
        break
    server.sendto(b"Echo: " + data, client)
server.close()
