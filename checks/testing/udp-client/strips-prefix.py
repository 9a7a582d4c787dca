# Wrong: "Echo: " is cut from what is printed, where the whole reply is the echo.
import os
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(2)
client.connect((os.environ["SERVER_HOST"], int(os.environ["SERVER_PORT"])))
message = os.environ["MESSAGE"].encode()
for _ in range(4):
    try:
        client.send(message)
        reply = client.recv(65535)
    except OSError as error:
        problem = error
        continue
    if reply == b"Echo: " + message:
        print("the server said:", reply.removeprefix(b"Echo: ").decode())
        sys.exit()
sys.exit(f"no reply: {problem}")
