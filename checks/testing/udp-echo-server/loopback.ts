// Wrong: it binds to localhost, which only its own host can reach.
import dgram from 'dgram';

const socket = dgram.createSocket('udp4');
socket.on('message', (data, from) => {
  socket.send(Buffer.concat([Buffer.from('Echo: '), data]), from.port, from.address);
});
socket.bind(Number(process.env.PORT), 'localhost');
