// Wrong: console.log adds a newline behind each chunk.
import net from 'net';

const port = parseInt(process.env.SERVER_PORT!);
const socket = net.createConnection({ port, host: process.env.SERVER_HOST! });
socket.setEncoding('utf8');
socket.setTimeout(8000, () => socket.destroy(new Error('timeout')));
socket.on('data', (text: string) => console.log(text));
socket.on('error', (error: Error) => {
  console.error(`Error: ${error.message}`);
  process.exit(1);
});
