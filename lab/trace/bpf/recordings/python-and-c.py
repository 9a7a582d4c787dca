"""What is recorded in python-and-c.records: what the loader prints while this runs in a host, with many.c compiled as /many."""

import os
import signal
import socket
import struct
import threading
import time

time.sleep(6)  # the trace begins meanwhile


def serve(server):
    one, _ = server.accept()
    one.recv(100)
    one.sendmsg([b'Hello, ', b'client!\n'])
    one.shutdown(socket.SHUT_WR)
    one.recv(100)
    one.close()


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 5))
server.bind(('127.0.0.1', 5000))
server.listen(5)
thread = threading.Thread(target=serve, args=(server,))
thread.start()
time.sleep(0.05)
client = socket.create_connection(('127.0.0.1', 5000))
client.settimeout(None)
client.sendall(b'Hi\x1b\n')
os.read(client.fileno(), 100)
os.read(client.fileno(), 100)
client.close()
thread.join()
signal.signal(signal.SIGALRM, lambda *_: 1/0)
signal.setitimer(signal.ITIMER_REAL, 0.05)
try:
    server.accept()
except ZeroDivisionError:
    pass
server.setblocking(False)
try:
    server.accept()
except BlockingIOError:
    pass
refused = socket.socket(socket.AF_INET6)
try:
    refused.connect(('::1', 5001))
except ConnectionRefusedError:
    pass
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack('ll', 0, 1500))
udp.bind(('127.0.0.1', 0))
udp.sendto(b'datagram', socket.MSG_DONTWAIT, udp.getsockname())
udp.recvfrom(4, socket.MSG_TRUNC)
udp.connect(udp.getsockname())
pipe = os.pipe()
os.write(pipe[1], b'spliced')
os.splice(pipe[0], udp.fileno(), 100)
udp.close()
os.execv('/many', ['/many'])
