# Wrong: encode("ascii") raises an exception at any other character.
import os
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(2)
client.connect((os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"])))
message = os.environ["MESSAGE"].encode("ascii")
for _ in range(4):
    client.send(message)
    try:
        reply = client.recv(65535)
    except OSError:
        continue
    if reply == b"Echo: " + message:
        print(reply.decode("ascii"))
        sys.exit()
sys.exit("no reply")
