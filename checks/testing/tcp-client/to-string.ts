// Wrong: each chunk is made a string by itself, and half a character becomes U+FFFD.
import { connect } from 'node:net';

const socket = connect(Number(process.env.SERVER_PORT), process.env.SERVER_HOST as string);
let greeting = '';
socket.setTimeout(10_000, () => socket.destroy(new Error('nothing received for 10 s')));
socket.on('data', (chunk) => {
  greeting += chunk.toString();
});
socket.on('end', () => console.log(greeting));
socket.on('error', (error) => {
  console.error(`No greeting: ${error.message}`);
  process.exitCode = 1;
});
