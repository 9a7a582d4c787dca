# Wrong: a socket that does not block takes only a part of a long greeting, and send is called once.
import os
import selectors
import socket

selector = selectors.DefaultSelector()
server = socket.create_server((os.environ["HOST"], int(os.environ["PORT"])), backlog=128)
server.setblocking(False)
selector.register(server, selectors.EVENT_READ)
while True:
    for _ in selector.select():
        try:
            client, _ = server.accept()
        except OSError:
            continue
        with client:
            client.setblocking(False)
            try:
                client.send(os.environ["GREETING"].encode())
            except OSError:
                pass
