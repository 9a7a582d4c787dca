# Wrong: accept is called once.
import os, socket
s = socket.socket()
s.bind((os.environ.get("HOST","0.0.0.0"), int(os.environ["PORT"])))
s.listen()
c, a = s.accept()
print("client", a)
c.sendall(os.environ["GREETING"].encode())
c.close()
