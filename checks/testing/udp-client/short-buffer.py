# Wrong: recv(16) cuts a datagram after 16 bytes, and the rest is lost.
import os
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(2)
client.connect((os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"])))
for _ in range(4):
    client.send(os.environb[b"MESSAGE"])
    try:
        reply = client.recv(16)
    except OSError:
        continue
    sys.stdout.buffer.write(reply)
    sys.exit()
sys.exit("no reply")
