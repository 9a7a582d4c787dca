# Wrong: it reads a line of each datagram.
import os
import socketserver


class Echo(socketserver.DatagramRequestHandler):
    def handle(self):
        self.wfile.write(b"Echo: " + self.rfile.readline())


with socketserver.UDPServer((os.environ["HOST"], int(os.environ["PORT"])), Echo) as server:
    server.serve_forever()
