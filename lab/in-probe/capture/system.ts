/**
 * The system calls of a capture for which Node has no function; see `../system.ts`.
 *
 * Sources: recvmmsg(2), getsockopt(2), packet(7), rtnetlink(7), setns(2), mount(2), umount2(2); linux/if_packet.h,
 * linux/if_ether.h, asm-generic/socket.h.
 */
import { dlopen, getRawPointer } from 'node:ffi';
import { closeSync, openSync } from 'node:fs';
import {
  AF_NETLINK,
  bindSocket,
  failure,
  openSocket,
  SOCK_RAW,
  setSocketOption,
  trySocketOption,
} from '../system.ts';
import type { MessageRoom } from './message-room.ts';

const { functions: libc } = dlopen(null, {
  recvmmsg: { arguments: ['int32', 'pointer', 'uint32', 'int32', 'pointer'], return: 'int32' },
  getsockopt: { arguments: ['int32', 'int32', 'int32', 'pointer', 'pointer'], return: 'int32' },
  setns: { arguments: ['int32', 'int32'], return: 'int32' },
  mount: { arguments: ['string', 'string', 'string', 'uint64', 'pointer'], return: 'int32' },
  umount2: { arguments: ['string', 'int32'], return: 'int32' },
});

const AF_PACKET = 17;
const ETH_P_ALL = 0x0003;
const SOL_SOCKET = 1;
const SO_ATTACH_FILTER = 26;
const SO_RCVBUFFORCE = 33;
const SO_TIMESTAMPNS = 35;
const SOL_PACKET = 263;
const PACKET_STATISTICS = 6;
const PACKET_AUXDATA = 8;
const BPF_RET = 0x06;
const NETLINK_ROUTE = 0;
const RTMGRP_LINK = 1;
const CLONE_NEWNET = 0x40000000;
const MNT_DETACH = 2;
const MSG_DONTWAIT = 0x40;

const own = openSync('/proc/self/ns/net', 'r');

/**
 * Does something in another network namespace. What it does there must not wait: the whole thread is there, and a thread that is
 * created meanwhile stays there.
 *
 * @param namespace its file descriptor
 */
export function inNetwork<T>(namespace: number, act: () => T): T {
  enter(namespace);
  try {
    return act();
  } finally {
    enter(own);
  }
}

function enter(namespace: number): void {
  if (libc.setns(namespace, CLONE_NEWNET) !== 0) throw failure('setns');
}

/** Where a file system is mounted for a moment. */
const PLACE = '/mnt';

/** A file descriptor of the sysfs of this network namespace, which is mounted nowhere: `/proc/self/fd/N/class/net` lists the interfaces. */
export function openSysfs(): number {
  if (libc.mount('sysfs', PLACE, 'sysfs', 0n, null) !== 0) throw failure('mount');
  try {
    return openSync(PLACE, 'r');
  } finally {
    libc.umount2(PLACE, MNT_DETACH);
  }
}

/** A socket that gets a message for each change of an interface in this network namespace. */
export function openLinkSocket(): number {
  const fd = openSocket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  // struct sockaddr_nl: family, port, groups.
  const address = Buffer.alloc(12);
  address.writeUInt16LE(AF_NETLINK, 0);
  address.writeUInt32LE(RTMGRP_LINK, 8);
  bindSocket(fd, address);
  return fd;
}

/**
 * A socket that gets all packets of an interface of this network namespace, those that it sends and those that come, each with the
 * kernel's time and the VLAN tag that was taken off.
 *
 * @param bufferBytes how much memory of the kernel packets may take that wait to be read
 * @throws {Error} `ENODEV` if there is no such interface any more
 */
export function openPacketSocket(interfaceIndex: number, bufferBytes: number): number {
  // Of no protocol, or it would get packets of all interfaces until it is bound to one.
  const fd = openSocket(AF_PACKET, SOCK_RAW, 0);
  try {
    trySocketOption(fd, SOL_SOCKET, SO_TIMESTAMPNS, 1);
    trySocketOption(fd, SOL_PACKET, PACKET_AUXDATA, 1);
    // The kernel doubles it, for what it notes of each packet.
    trySocketOption(fd, SOL_SOCKET, SO_RCVBUFFORCE, bufferBytes / 2);
    // struct sockaddr_ll: family, protocol (big-endian), index of the interface, and what only counts when a packet is sent.
    const address = Buffer.alloc(20);
    address.writeUInt16LE(AF_PACKET, 0);
    address.writeUInt16BE(ETH_P_ALL, 2);
    address.writeInt32LE(interfaceIndex, 4);
    bindSocket(fd, address);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Has a socket get no packet more: its filter, the program of BPF, is to return 0, which is how much of a packet is taken. */
export function refusePackets(fd: number): void {
  // struct sock_filter: code, two jumps, constant. struct sock_fprog: how many of those, and where they are.
  const filter = Buffer.alloc(8);
  filter.writeUInt16LE(BPF_RET, 0);
  const program = Buffer.alloc(16);
  program.writeUInt16LE(1, 0);
  program.writeBigUInt64LE(getRawPointer(filter), 8);
  setSocketOption(fd, SOL_SOCKET, SO_ATTACH_FILTER, program);
}

/** How many packets found no room in the buffer since the last question. */
export function droppedPackets(fd: number): number {
  // struct tpacket_stats: all packets, those that were dropped.
  const statistics = Buffer.alloc(8);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(statistics.length);
  const failed = libc.getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, statistics, length) !== 0;
  if (failed) throw failure('getsockopt');
  return statistics.readUInt32LE(4);
}

/**
 * Reads packets that wait, as many as there is room for.
 *
 * @returns how many; 0 if none waits
 * @throws {Error} `ENETDOWN` once, if the interface was removed or taken down
 */
export function receivePackets(fd: number, room: MessageRoom): number {
  const count = libc.recvmmsg(fd, room.headers, room.size, MSG_DONTWAIT, null);
  if (count >= 0) return count;
  const error = failure('recvmmsg');
  if (error.code === 'EAGAIN') return 0;
  throw error;
}
