/**
 * The few system calls for which Node has no function, through `node:ffi` (`--experimental-ffi`) and libc.
 *
 * Sources: socket(2), bind(2), setsockopt(2), recv(2), sendto(2), timerfd_create(2), clock_gettime(2), _exit(2); the numbers are those of
 * linux/socket.h and asm-generic/socket.h, the same on x86-64 and arm64.
 */
import { dlopen, getInt32 } from 'node:ffi';
import { getSystemErrorName } from 'node:util';

// No library name: libc is part of the program already, whatever the distribution calls it.
const { functions: libc } = dlopen(null, {
  socket: { arguments: ['int32', 'int32', 'int32'], return: 'int32' },
  bind: { arguments: ['int32', 'pointer', 'uint32'], return: 'int32' },
  setsockopt: { arguments: ['int32', 'int32', 'int32', 'pointer', 'uint32'], return: 'int32' },
  recv: { arguments: ['int32', 'pointer', 'uint64', 'int32'], return: 'int64' },
  sendto: {
    arguments: ['int32', 'pointer', 'uint64', 'int32', 'pointer', 'uint32'],
    return: 'int64',
  },
  timerfd_create: { arguments: ['int32', 'int32'], return: 'int32' },
  timerfd_settime: { arguments: ['int32', 'int32', 'pointer', 'pointer'], return: 'int32' },
  clock_gettime: { arguments: ['int32', 'pointer'], return: 'int32' },
  _exit: { arguments: ['int32'], return: 'void' },
  __errno_location: { arguments: [], return: 'pointer' },
});

export const AF_INET = 2;
export const AF_INET6 = 10;
export const AF_NETLINK = 16;
export const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2000000;
const MSG_DONTWAIT = 0x40;
const CLOCK_REALTIME = 0;

/** The error of the call that has just failed. */
export function failure(call: string): NodeJS.ErrnoException {
  const errno = getInt32(libc.__errno_location());
  const code = getSystemErrorName(-errno);
  return Object.assign(new Error(`${call} failed: ${code}`), { code, syscall: call });
}

/** A file descriptor of a new socket. @throws {Error} with the errno as its `code`. */
export function openSocket(family: number, type: number, protocol: number): number {
  const fd = libc.socket(family, type | SOCK_CLOEXEC, protocol);
  if (fd < 0) throw failure('socket');
  return fd;
}

/** @throws {Error} with the errno as its `code`. */
export function bindSocket(fd: number, address: Buffer): void {
  if (libc.bind(fd, address, address.length) !== 0) throw failure('bind');
}

/** @throws {Error} with the errno as its `code`. */
export function setSocketOption(fd: number, level: number, name: number, value: Buffer): void {
  if (libc.setsockopt(fd, level, name, value, value.length) !== 0) throw failure('setsockopt');
}

/** @returns whether the kernel accepted it */
export function trySocketOption(fd: number, level: number, name: number, value: number): boolean {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return libc.setsockopt(fd, level, name, bytes, bytes.length) === 0;
}

/** How many bytes were read; -1 if there were none. Never waits. */
export function receiveNow(fd: number, target: Buffer): number {
  return Number(libc.recv(fd, target, BigInt(target.length), MSG_DONTWAIT));
}

/** @returns whether the kernel accepted it */
export function sendTo(fd: number, bytes: Buffer, address: Buffer): boolean {
  return libc.sendto(fd, bytes, BigInt(bytes.length), MSG_DONTWAIT, address, address.length) >= 0;
}

const CLOCK_MONOTONIC = 1;
const TFD_CLOEXEC = 0o2000000;

/** A file descriptor from which 8 bytes can be read when the timer has expired. */
export function openTimer(): number {
  const fd = libc.timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
  if (fd < 0) throw failure('timerfd_create');
  return fd;
}

const itimerspec = Buffer.alloc(32);

/** Sets a timer to expire once, `afterNs` nanoseconds from now, at least 1: 0 would stop it. */
export function setTimer(fd: number, afterNs: number): void {
  const ns = Math.max(1, Math.round(afterNs));
  itimerspec.writeBigInt64LE(BigInt(Math.floor(ns / 1e9)), 16);
  itimerspec.writeBigInt64LE(BigInt(ns % 1e9), 24);
  if (libc.timerfd_settime(fd, 0, itimerspec, null) !== 0) throw failure('timerfd_settime');
}

const timespec = Buffer.alloc(16);

/** The kernel's real-time clock: nanoseconds since 1970. */
export function realTimeNs(): bigint {
  libc.clock_gettime(CLOCK_REALTIME, timespec);
  return timespec.readBigInt64LE(0) * 1_000_000_000n + timespec.readBigInt64LE(8);
}

/** Exits now. `process.exit` would wait for reads and writes that never end. */
export function exitNow(code: number): void {
  libc._exit(code);
}
