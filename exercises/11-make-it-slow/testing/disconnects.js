// Wrong: it ends the connection of a client that does not read within 2 s.
const net = require('node:net');

const { HOST, PORT, GREETING, TIMES = '1' } = process.env;
const server = net.createServer((client) => {
  client.on('error', () => {});
  client.setTimeout(2000, () => client.destroy());
  client.resume();
  for (let sent = 0; sent < Number(TIMES); sent += 1) client.write(GREETING);
  client.end();
});
server.listen(Number(PORT), HOST);
