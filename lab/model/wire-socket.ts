/** Where the program of a wire listens for commands, in its probe. */
export const WIRE_SOCKET = '/run/socketlab-wire.sock';
