/**
 * Connects to SERVER_HOST by calls, and then sends by io_uring(7), when `/tmp/go` is there; prints `ready` before, `done` after.
 * The numbers are those of linux/io_uring.h and of asm-generic/unistd.h, the same on x86-64 and arm64.
 */

import { dlopen, getRawPointer, getUint32, setInt32, setUint32, toBuffer } from 'node:ffi';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const [IO_URING_SETUP, IO_URING_ENTER] = [425n, 426n];
const IORING_OP_SEND = 26;
const IORING_ENTER_GETEVENTS = 1n;
const IORING_OFF_SQES = 0x10000000n;
const SQE_BYTES = 64;
const { functions: libc } = dlopen(null, {
  syscall: {
    arguments: ['int64', 'int64', 'int64', 'int64', 'int64', 'int64', 'int64'],
    return: 'int64',
  },
  mmap: {
    arguments: ['uint64', 'uint64', 'int32', 'int32', 'int32', 'int64'],
    return: 'pointer',
  },
  socket: { arguments: ['int32', 'int32', 'int32'], return: 'int32' },
  connect: { arguments: ['int32', 'pointer', 'uint32'], return: 'int32' },
});

const address = Buffer.alloc(16);
address.writeUInt16LE(2, 0);
address.writeUInt16BE(50_000, 2);
address.set((process.env['SERVER_HOST'] ?? '').split('.').map(Number), 4);

const params = Buffer.alloc(120);
const ring = libc.syscall(IO_URING_SETUP, 4n, getRawPointer(params), 0n, 0n, 0n, 0n);
if (Number(ring) < 0) throw new Error('Cannot set io_uring up: the kernel, or seccomp, refuses it');
const map = (offset: bigint) => libc.mmap(0n, 4096n, 3, 1, Number(ring), offset);
const [rings, entries] = [map(0n), map(IORING_OFF_SQES)];

console.log('ready');
while (!existsSync('/tmp/go')) await pause(20);
const fd = libc.socket(2, 1, 0);
if (libc.connect(fd, address, address.length) !== 0) throw new Error('Cannot connect');
const data = Buffer.from('by io_uring');
const entry = toBuffer(entries, SQE_BYTES, false);
entry.fill(0);
entry.writeUInt8(IORING_OP_SEND, 0);
entry.writeInt32LE(fd, 4);
entry.writeBigUInt64LE(getRawPointer(data), 16);
entry.writeUInt32LE(data.length, 24);
// The offsets of the tail and of the array of the submission queue (struct io_sqring_offsets).
const [tail, array] = [params.readUInt32LE(44), params.readUInt32LE(64)];
setInt32(rings, array, 0);
setUint32(rings, tail, getUint32(rings, tail) + 1);
libc.syscall(IO_URING_ENTER, ring, 1n, 1n, IORING_ENTER_GETEVENTS, 0n, 0n);
console.log('done');
setInterval(() => undefined, 1e9);
