"""A host that answers all others and talks with them in turn, over TCP and UDP: `talker.py PEER…`; SEED makes its choices.

It reports no failure: what goes wrong on purpose must show in the packets and the calls.
"""

import os
import random
import socket
import sys
import threading
import time

PORT = 50000
TIMEOUT_S = 2
PAUSE_S = float(os.environ.get("PAUSE_S", "4"))


def answer(connection):
    with connection:
        try:
            while piece := connection.recv(4096):
                connection.sendall(piece.upper())
        except OSError:
            pass


def serve_tcp():
    with socket.create_server(("::", PORT), family=socket.AF_INET6, dualstack_ipv6=True) as listening:
        print("listening", flush=True)
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                continue
            threading.Thread(target=answer, args=(connection,), daemon=True).start()


def serve_udp():
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as echoing:
        echoing.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        echoing.bind(("::", PORT))
        while True:
            try:
                data, peer = echoing.recvfrom(4096)
                echoing.sendto(data, peer)
            except OSError:
                pass


def converse(address, family, dice):
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.settimeout(TIMEOUT_S)
        connection.connect(address)
        for _ in range(dice.randint(1, 3)):
            size = dice.choice([1, 20, 700, 5000])
            connection.sendall(bytes([97 + dice.randint(0, 25)]) * size)
            while size > 0:
                piece = connection.recv(4096)
                if not piece:
                    return
                size -= len(piece)


def ask(address, family, dice):
    with socket.socket(family, socket.SOCK_DGRAM) as asking:
        asking.settimeout(TIMEOUT_S / 4)
        for number in range(dice.randint(1, 3)):
            asking.sendto(b"question %d from %d" % (number, os.getpid()), address)
            asking.recvfrom(4096)


def talk(peers, dice):
    while True:
        time.sleep(dice.uniform(0, 2 * PAUSE_S))
        family = dice.choice([socket.AF_INET, socket.AF_INET6])
        try:
            found = socket.getaddrinfo(dice.choice(peers), PORT, family, socket.SOCK_STREAM)
            dice.choice([converse, converse, ask])(found[0][4], family, dice)
        except OSError:
            pass


def stay(peers, dice):
    """Keeps a connection to one of them, and talks over it now and then."""
    while True:
        time.sleep(PAUSE_S)
        try:
            with socket.create_connection((dice.choice(peers), PORT), TIMEOUT_S) as connection:
                while True:
                    connection.sendall(b"still here")
                    if not connection.recv(4096):
                        break
                    time.sleep(dice.uniform(0, 4 * PAUSE_S))
        except OSError:
            pass


dice = random.Random(os.environ.get("SEED", "") + socket.gethostname())
for task in (serve_tcp, serve_udp):
    threading.Thread(target=task, daemon=True).start()
threading.Thread(target=stay, args=(sys.argv[1:], random.Random(dice.random())), daemon=True).start()
talk(sys.argv[1:], dice)
