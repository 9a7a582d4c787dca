"""An echo server. Before it answers, it has the host "stranger" send something to its client."""
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("0.0.0.0", 50000))
data, client = server.recvfrom(1024)

asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
asking.sendto(f"{client[0]} {client[1]}".encode(), ("stranger", 50000))
asking.recvfrom(1024)

server.sendto(b"Echo: " + data, client)
