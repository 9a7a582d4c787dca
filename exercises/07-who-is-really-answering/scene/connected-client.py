"""Sends a message from a connected socket, and waits for a reply."""
import os
import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect((os.environ["SERVER_HOST"], 50000))
client.send(b"Hello")
print("received:", client.recv(1024))
