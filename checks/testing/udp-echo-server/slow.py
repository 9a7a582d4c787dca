# Wrong: two seconds of work for each datagram keep all others waiting.
import os
import socket
import time

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((os.environ["HOST"], int(os.environ["PORT"])))
while True:
    data, client = server.recvfrom(2048)
    time.sleep(2)
    server.sendto(b"Echo: " + data, client)
