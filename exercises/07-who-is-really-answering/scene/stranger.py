"""Sends a datagram to the address and port that it is told of, and says when it has."""
import socket

stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
stranger.bind(("0.0.0.0", 50000))
victim, asking = stranger.recvfrom(1024)
address, port = victim.decode().split()
stranger.sendto(b"Echo: from a stranger", (address, int(port)))
stranger.sendto(b"sent", asking)
