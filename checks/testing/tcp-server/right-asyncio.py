# Right: coroutines in one event loop.
import asyncio
import os
import signal

GREETING = os.environ.get("GREETING", "Hello, client! Connection established.").encode()


async def greet(reader, writer):
    try:
        writer.write(GREETING)
        await writer.drain()
    except ConnectionError as error:
        print(f"a client has gone: {error}")
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(greet, os.environ["HOST"], int(os.environ["PORT"]), backlog=128)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, server.close)
    try:
        async with server:
            await server.serve_forever()
    except asyncio.CancelledError:
        pass


asyncio.run(main())
