# Wrong: a newline is sent behind the echo.
import os
import socketserver


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        data, server = self.request
        server.sendto(b"Echo: %s\n" % data, self.client_address)


address = os.environ["HOST"], int(os.environ["PORT"])
with socketserver.UDPServer(address, Echo) as server:
    server.serve_forever()
