# Wrong: whatever comes is taken for the reply, wherever it comes from.
import os
import socket
import sys

server = (os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"]))
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(2)
for attempt in range(4):
    client.sendto(os.environ["MESSAGE"].encode(), server)
    try:
        reply, sender = client.recvfrom(65535)
    except TimeoutError:
        continue
    sys.stdout.buffer.write(reply + b"\n")
    sys.exit(0)
print("no reply", file=sys.stderr)
sys.exit(1)
