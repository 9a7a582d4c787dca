# Wrong: the socket is connected to its first client, and hears no other.
import os, socket
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((os.environ["HOST"], int(os.environ["PORT"])))
data, client = server.recvfrom(2048)
server.connect(client)
while True:
    server.send(b"Echo: " + data)
    data = server.recv(2048)
