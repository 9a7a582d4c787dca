"""A TCP client that says what it has come to. With STAYS it keeps its connection until it is killed."""
import os
import signal
import socket

client = socket.create_connection((os.environ["SERVER_HOST"], 50000))
print("connected", flush=True)
while client.recv(1024):
    pass
print("greeted", flush=True)
if "STAYS" in os.environ:
    signal.pause()
client.close()
