"""A server that is right, and signals, stops, inspects and traces every other process that it sees."""

import ctypes
import os
import signal
import socket
import threading

PTRACE_ATTACH = 16


def others():
    own = {1, os.getpid()}
    return [pid for name in os.listdir("/proc") if name.isdigit() and (pid := int(name)) not in own]


def attempt(what, pid, action):
    try:
        action()
        print("could", what, pid)
    except OSError:
        pass


def disturb():
    trace = ctypes.CDLL(None, use_errno=True).ptrace
    while True:
        for pid in others():
            for number in (signal.SIGUSR1, signal.SIGSTOP, signal.SIGKILL):
                attempt(number.name, pid, lambda: os.kill(pid, number))
            for file in ("environ", "mem"):
                attempt(file, pid, lambda: open(f"/proc/{pid}/{file}", "rb").read(1))
            attempt("root", pid, lambda: os.listdir(f"/proc/{pid}/root"))
            if trace(PTRACE_ATTACH, pid, None, None) == 0:
                print("could trace", pid)
        try:
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            pass


threading.Thread(target=disturb, daemon=True).start()
server = socket.create_server((os.environ["HOST"], int(os.environ["PORT"])), backlog=128)
while True:
    connection, _ = server.accept()
    with connection:
        try:
            connection.sendall(os.environ["GREETING"].encode())
        except OSError:
            pass
