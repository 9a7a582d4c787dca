# Wrong: it exits with 0 although there was no reply.
import os
import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(2)
client.connect((os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"])))
message = os.environ["MESSAGE"].encode()
for _ in range(4):
    try:
        client.send(message)
        reply = client.recv(65535)
    except OSError:
        continue
    if reply == b"Echo: " + message:
        print(reply.decode())
        break
else:
    print("The server did not answer")
