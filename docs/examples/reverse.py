import os
import socketserver


class Reverse(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            text = line.decode().rstrip("\n")
            self.wfile.write((text[::-1] + "\n").encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


Server((os.environ["HOST"], int(os.environ["PORT"])), Reverse).serve_forever()
