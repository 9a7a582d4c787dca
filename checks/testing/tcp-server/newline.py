# Wrong: a newline is sent behind the greeting.
import os, socket
with socket.create_server((os.environ["HOST"], int(os.environ["PORT"]))) as server:
    while True:
        client, _ = server.accept()
        with client:
            client.sendall((os.environ["GREETING"] + "\n").encode())
