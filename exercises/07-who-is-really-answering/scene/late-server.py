"""Answers its first datagram when the second one has come, and then that one."""
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("0.0.0.0", 50000))
first, client = server.recvfrom(1024)
second, client = server.recvfrom(1024)
server.sendto(b"Echo: " + first, client)
server.sendto(b"Echo: " + second, client)
