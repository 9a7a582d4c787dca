# Wrong: recvfrom waits for ever for a reply that was lost.
import os
import socket

server = (os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"]))
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect(server)
client.send(os.environ["MESSAGE"].encode())
print(client.recv(65535).decode())
