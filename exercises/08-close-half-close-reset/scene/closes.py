"""A client that closes at once. Its host remains, and answers what still comes."""
import signal
import socket

socket.create_connection(("server", 50000)).close()
signal.pause()
