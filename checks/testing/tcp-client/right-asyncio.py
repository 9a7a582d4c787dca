# Right: asyncio, with a time limit for each part.
import asyncio
import os
import sys


async def main():
    async with asyncio.timeout(6):
        reader, writer = await asyncio.open_connection(os.environ["SERVER_HOST"], os.environ["SERVER_PORT"])
    greeting = bytearray()
    while True:
        async with asyncio.timeout(6):
            part = await reader.read(1000)
        if not part:
            break
        greeting += part
    writer.close()
    return bytes(greeting)


try:
    sys.stdout.buffer.write(asyncio.run(main()))
except TimeoutError:
    sys.exit("the server says nothing")
except OSError as error:
    sys.exit(f"cannot get the greeting: {error}")
