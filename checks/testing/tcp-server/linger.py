# Wrong: SO_LINGER with 0 s closes with RST.
import os
import socket
import struct
import time

with socket.create_server((os.environ["HOST"], int(os.environ["PORT"])), backlog=128) as server:
    while True:
        client, _ = server.accept()
        with client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            try:
                client.sendall(os.environ["GREETING"].encode())
                time.sleep(0.5)
            except OSError as error:
                print(error)
