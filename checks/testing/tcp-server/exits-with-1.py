# Wrong: the handler of SIGTERM exits with 1.
import os
import signal
import socketserver
import sys


def stop(*_):
    print("stopped")
    sys.exit(1)


class Greeter(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.sendall(os.environ["GREETING"].encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    request_queue_size = 128


signal.signal(signal.SIGTERM, stop)
Server((os.environ["HOST"], int(os.environ["PORT"])), Greeter).serve_forever()
