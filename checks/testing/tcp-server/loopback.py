import os, socket
s = socket.socket()
s.bind(("127.0.0.1", int(os.environ["PORT"])))
s.listen()
while True:
    c, a = s.accept()
    c.sendall(os.environ["GREETING"].encode() + b"\n")
    c.close()
