/** The calls of the BSD socket API, and those that programs use on a socket instead, each with its arguments. */

/** The calls that send or receive (send(2), sendmmsg(2), sendfile(2), write(2), recv(2), recvmmsg(2), read(2), splice(2)). */
export type TransferName =
  | ('send' | 'sendto' | 'sendmsg' | 'sendmmsg' | 'sendfile' | 'write' | 'writev')
  | ('recv' | 'recvfrom' | 'recvmsg' | 'recvmmsg' | 'read' | 'readv')
  // From a socket into a pipe, or from a pipe into a socket.
  | 'splice';

/** A call and its arguments; those that were not seen are missing, as are all of a call that was `present`. */
export type Call =
  | { readonly call: 'socket'; readonly arguments: SocketArguments }
  | { readonly call: 'bind' | 'connect'; readonly arguments: AddressArguments }
  | { readonly call: 'listen'; readonly arguments: ListenArguments }
  | { readonly call: 'shutdown'; readonly arguments: ShutdownArguments }
  | { readonly call: TransferName; readonly arguments: TransferArguments }
  | { readonly call: 'setsockopt' | 'getsockopt'; readonly arguments: OptionArguments }
  // What a program does through io_uring takes no call: its use is reported once per process.
  | { readonly call: 'io_uring'; readonly arguments: RingArguments }
  | { readonly call: 'accept' | 'close'; readonly arguments: NoArguments };

/** The name of a call. */
export type CallName = Call['call'];

/** Of `socket`, with the names of socket(2). */
export interface SocketArguments {
  /** IPv4 or IPv6. */
  readonly family?: 'AF_INET' | 'AF_INET6';
  /** TCP or UDP. */
  readonly type?: 'SOCK_STREAM' | 'SOCK_DGRAM';
  /** Such as `SOCK_NONBLOCK`; missing where there are none. */
  readonly flags?: readonly string[];
  /** As in `IPPROTO_TCP`; `IPPROTO_IP` leaves the choice to the kernel. */
  readonly protocol?: string;
}

/** Of `bind` and `connect`; the address itself is the event's `peer`. */
export interface AddressArguments {
  /** As in `AF_INET`; `AF_UNSPEC` makes `connect` dissolve an association (connect(2)). */
  readonly family?: string;
}

/** Of `listen`. */
export interface ListenArguments {
  /** How many connections may wait for `accept`. */
  readonly backlog?: number;
}

/** Of `shutdown`, with the names of shutdown(2). */
export interface ShutdownArguments {
  /** Which direction is shut down: receiving, sending, or both. */
  readonly how?: 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR';
}

/** Of a call that sends or receives. */
export interface TransferArguments {
  /** How many bytes the kernel is asked to take or to deliver, of all messages together. */
  readonly requestedBytes?: number;
  /** Of `sendmmsg` and `recvmmsg`: how many messages it is asked to send or receive. */
  readonly requestedMessages?: number;
  /** Such as `MSG_PEEK` (send(2), recv(2)); missing where there are none. */
  readonly flags?: readonly string[];
}

/** Of `setsockopt` and `getsockopt`, with the names of socket(7), ip(7), ipv6(7), tcp(7) and udp(7). */
export interface OptionArguments {
  /** As in `SOL_SOCKET`. */
  readonly level?: string;
  /** As in `SO_LINGER`. */
  readonly option?: string;
  /** What was set, or what was returned. */
  readonly value?: OptionValue;
}

/** The value of a socket option, by its kind. */
export type OptionValue =
  | { readonly kind: 'number'; readonly number: number }
  /** `SO_LINGER`. */
  | { readonly kind: 'linger'; readonly isOn: boolean; readonly seconds: number }
  /** `SO_RCVTIMEO` and `SO_SNDTIMEO`, in milliseconds; 0 is no limit. */
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  /** `SO_ERROR`, with the name of errno(3); missing where there is none. */
  | { readonly kind: 'error'; readonly error?: string }
  /** A value of any other kind, as strace(1) prints it. */
  | { readonly kind: 'raw'; readonly text: string };

/** Of `io_uring`. */
export interface RingArguments {
  /** The system call that showed it, such as `io_uring_setup`. */
  readonly systemCall?: string;
}

/** Of calls that have none but their socket. */
export type NoArguments = Readonly<Record<string, never>>;
