# Wrong: time.sleep in a coroutine stops the event loop, and with it all other clients.
import asyncio
import os
import time


async def greet(reader, writer):
    time.sleep(0.8)  # "so that the client is ready"
    try:
        writer.write(os.environ["GREETING"].encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    except ConnectionError:
        pass


async def main():
    server = await asyncio.start_server(greet, os.environ["HOST"], int(os.environ["PORT"]))
    await server.serve_forever()


asyncio.run(main())
