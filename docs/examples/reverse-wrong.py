import os
import socketserver


class Reverse(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            text = line.decode()
            self.wfile.write((text[::-1]).encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


Server((os.environ["HOST"], int(os.environ["PORT"])), Reverse).serve_forever()
