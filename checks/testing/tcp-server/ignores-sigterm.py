# Wrong: the handler of SIGTERM does not end the program.
import os, signal, socket

signal.signal(signal.SIGTERM, lambda *_: print("not now"))

with socket.create_server((os.environ["HOST"], int(os.environ["PORT"])), backlog=128) as server:
    while True:
        client, _ = server.accept()
        with client:
            try:
                client.sendall(os.environ["GREETING"].encode())
            except OSError:
                pass  # it has gone
