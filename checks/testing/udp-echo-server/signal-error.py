# Wrong: SIGTERM raises an exception that nobody handles, and the program ends with 1.
import os
import signal
import socket


def stop(signum, frame):
    raise RuntimeError("the server was stopped")


signal.signal(signal.SIGTERM, stop)
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((os.environ["HOST"], int(os.environ["PORT"])))
while True:
    data, client = server.recvfrom(65535)
    server.sendto((b"Echo: " + data)[:65507], client)
