# Wrong: what was received is treated as text, and zero bytes are stripped.
import os, socket
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((os.environ["HOST"], int(os.environ["PORT"])))
while True:
    data, client = server.recvfrom(2048)
    text = data.decode(errors="replace").strip("\0")
    server.sendto(b"Echo: " + text.encode(), client)
