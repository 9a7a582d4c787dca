// Wrong: socket.write without socket.end, so that no FIN is sent.
import { createServer } from 'net';

const host: string = process.env.HOST ?? '0.0.0.0';
const port: number = Number(process.env.PORT ?? 50000);

const server = createServer((socket) => {
  socket.on('error', (error) => console.error(error.message));
  socket.write(process.env.GREETING ?? '');
});

server.listen(port, host, () => console.log(`listening at ${host}:${port}`));
