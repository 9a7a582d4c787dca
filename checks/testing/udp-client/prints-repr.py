# Wrong: print(bytes) prints b'...' and escapes what is not ASCII.
import os
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect((os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"])))
message = os.environb[b"MESSAGE"]
for timeout in (1, 2, 4):
    client.settimeout(timeout)
    client.send(message)
    try:
        reply = client.recv(65535)
    except OSError:
        continue
    if reply == b"Echo: " + message:
        print("Received:", reply)
        break
else:
    sys.exit("no reply")
