"""A client that connects, and then reads nothing."""
import os
import signal
import socket

client = socket.create_connection((os.environ["SERVER_HOST"], 50000))
signal.pause()
