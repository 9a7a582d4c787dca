# Wrong: it replies from another socket than the one that received.
import os, socket
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((os.environ["HOST"], int(os.environ["PORT"])))
while True:
    data, client = server.recvfrom(2048)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as reply:
        reply.sendto(b"Echo: " + data, client)
