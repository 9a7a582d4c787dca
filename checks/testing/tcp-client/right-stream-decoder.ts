// Right: Node's stream decodes across chunks, and the greeting is complete at "end".
import { connect } from 'node:net';

const { SERVER_HOST = 'tcp-server', SERVER_PORT = '50000' } = process.env;
const socket = connect({ host: SERVER_HOST, port: Number(SERVER_PORT) });
let greeting = '';

socket.setEncoding('utf8');
socket.setTimeout(8000, () => socket.destroy(new Error('nothing was received for 8 s')));
socket.on('data', (text: string) => {
  greeting += text;
});
socket.on('end', () => console.log(`Received: ${greeting}`));
socket.on('error', (error) => {
  console.error(`No greeting: ${error.message}`);
  process.exitCode = 1;
});
