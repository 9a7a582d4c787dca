# Wrong: a timeout of recvfrom, meant for the end of a test, ends the program after five quiet seconds.
import os
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((os.environ["HOST"], int(os.environ["PORT"])))
server.settimeout(5)
try:
    while True:
        data, client = server.recvfrom(65535)
        server.sendto(b"Echo: " + data, client)
except TimeoutError:
    print("nobody sends anything, closing")
    server.close()
