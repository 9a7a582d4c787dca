# Wrong: the port is written into the program.
import os
import socket

PORT = 9999

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("", PORT))
print(f"listening at port {PORT}")
while True:
    data, client = server.recvfrom(2048)
    server.sendto(b"Echo: " + data, client)
