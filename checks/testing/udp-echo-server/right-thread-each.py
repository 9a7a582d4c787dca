# Right: a thread for each datagram, so that replies come in any order.
import os
import socketserver


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        datagram, server = self.request
        server.sendto(b"Echo: " + datagram[:65501], self.client_address)


class Server(socketserver.ThreadingUDPServer):
    max_packet_size = 65535
    daemon_threads = True


with Server((os.environ["HOST"], int(os.environ["PORT"])), Echo) as server:
    server.serve_forever()
