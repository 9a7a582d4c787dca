"""Bytes that go through pipes: `splice_talk.py server` echoes, `splice_talk.py client SERVER` asks when `/tmp/go` is there."""

import os
import signal
import socket
import sys
import time

PORT = 50000


def serve():
    listening = socket.create_server(("0.0.0.0", PORT))
    print("listening", flush=True)
    while True:
        connection, _ = listening.accept()
        out, into = os.pipe()
        while count := os.splice(connection.fileno(), into, 65536):
            os.splice(out, connection.fileno(), count)
        connection.close()


def ask(server):
    out, into = os.pipe()
    print("ready", flush=True)
    while not os.path.exists("/tmp/go"):
        time.sleep(0.02)
    with socket.create_connection((socket.gethostbyname(server), PORT)) as connection:
        os.write(into, b"spliced")
        os.splice(out, connection.fileno(), 7)
        os.splice(connection.fileno(), into, 100)
        with open(__file__, "rb") as file:
            os.sendfile(connection.fileno(), file.fileno(), 0, 20)
        connection.recv(100)
    print("done", flush=True)
    signal.pause()


if sys.argv[1] == "server":
    serve()
else:
    ask(sys.argv[2])
