"""Connections in every state that a program can leave them in: `tcp_states.py server`, `tcp_states.py client SERVER`.

Each goes on when it is told to: first when a file `/tmp/end` is there, then `/tmp/finish`.
"""

import os
import signal
import socket
import sys
import threading
import time

PORT = 50000
# In the order in which the client connects.
NAMES = ["established", "fin-wait-2", "close-wait", "fin-wait-1", "closing", "last-ack"]


def wait_for(path):
    while not os.path.exists(path):
        time.sleep(0.02)


def until_end(connection):
    got = b""
    while piece := connection.recv(100):
        got += piece
    return got


def serve():
    listening = socket.create_server(("0.0.0.0", PORT))
    print("listening", flush=True)
    accepted = {name: listening.accept()[0] for name in NAMES}
    accepted["established"].sendall(b"not yet read")
    accepted["close-wait"].shutdown(socket.SHUT_WR)
    accepted["last-ack"].shutdown(socket.SHUT_WR)
    wait_for("/tmp/end")
    accepted["closing"].shutdown(socket.SHUT_WR)
    print("ended", flush=True)
    wait_for("/tmp/finish")
    accepted["established"].sendall(b"more")
    accepted["fin-wait-2"].sendall(b"late")
    for connection in accepted.values():
        connection.close()
    for _ in range(2):
        listening.accept()[0].close()
    print("finished", flush=True)
    signal.pause()


def try_to_connect(address):
    pending = socket.socket()
    print("connecting", flush=True)
    pending.connect(address)
    pending.close()
    print("connected", flush=True)


def talk(server):
    address = (server, PORT)
    made = {name: socket.create_connection(address) for name in NAMES}
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.connect((server, 9))
    bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    bound.bind(("0.0.0.0", 5000))
    made["fin-wait-2"].shutdown(socket.SHUT_WR)
    until_end(made["last-ack"])
    print("ready", flush=True)
    wait_for("/tmp/end")
    for name in ["fin-wait-1", "closing", "last-ack"]:
        made[name].shutdown(socket.SHUT_WR)
    waiting = threading.Thread(target=try_to_connect, args=(address,))
    waiting.start()
    later = socket.socket()
    later.setblocking(False)
    later.connect_ex(address)
    print("ended", flush=True)
    wait_for("/tmp/finish")
    # In a read of its own, whatever else has come by then.
    print(made["established"].recv(len(b"not yet read")), flush=True)
    for name in ["established", "close-wait", "fin-wait-2"]:
        print(name, until_end(made[name]), flush=True)
    for connection in made.values():
        connection.close()
    waiting.join()
    while later.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) or not is_connected(later):
        time.sleep(0.05)
    later.close()
    print("finished", flush=True)
    signal.pause()


def is_connected(connection):
    try:
        connection.getpeername()
        return True
    except OSError:
        return False


if sys.argv[1] == "server":
    serve()
else:
    talk(sys.argv[2])
