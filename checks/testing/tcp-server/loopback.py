# Wrong: it binds to 127.0.0.1, which only its own host can reach.
import os, socket
s = socket.socket()
s.bind(("127.0.0.1", int(os.environ["PORT"])))
s.listen()
while True:
    c, a = s.accept()
    c.sendall(os.environ["GREETING"].encode())
    c.close()
