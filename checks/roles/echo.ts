/** What a server of the echo puts in front of what it has received (E1). */
export const ECHO_PREFIX = 'Echo: ';

export const echoOf = (datagram: Buffer) => Buffer.concat([Buffer.from(ECHO_PREFIX), datagram]);
