// Wrong: an interval that nobody clears keeps the program from ending.
const net = require('net');

const socket = net.connect(process.env.SERVER_PORT, process.env.SERVER_HOST);
const chunks = [];
let seconds = 0;
setInterval(() => {
  if (++seconds > 12 && !socket.closed) socket.destroy(new Error('no greeting within 12 s'));
}, 1000);
socket.on('data', (chunk) => chunks.push(chunk));
socket.on('end', () => process.stdout.write(Buffer.concat(chunks)));
socket.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
