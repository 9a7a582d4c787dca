# Right: a thread for each client.
import os, socketserver
class H(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.sendall(os.environ["GREETING"].encode())
socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.request_queue_size = 128
with socketserver.ThreadingTCPServer((os.environ["HOST"], int(os.environ["PORT"])), H) as s:
    s.serve_forever()
