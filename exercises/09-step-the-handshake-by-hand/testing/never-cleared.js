// Wrong: the timer for the connection is not cleared when it is there, and ends a conversation that goes on.
const net = require('node:net');

const server = net.connect(Number(process.env.SERVER_PORT), process.env.SERVER_HOST);
const parts = [];
const give = (why) => {
  console.error(`no greeting: ${why}`);
  process.exit(1);
};
setTimeout(() => give('no connection'), 5000).unref();
server.on('connect', () => server.setTimeout(8000));
server.on('timeout', () => give('silence'));
server.on('error', (error) => give(error.message));
server.on('data', (part) => parts.push(part));
server.on('end', () => console.log(Buffer.concat(parts).toString()));
