/** Addresses as text. A lab has few of them and many packets, so that the last ones are cached. */
import { hex, uint8, uint16 } from './bytes.ts';

/** A power of two, far above the number of addresses in a lab; two that share a slot only cost time. */
const SLOTS = 1024;

class AddressTexts {
  readonly #size: number;
  readonly #write: (bytes: Uint8Array, offset: number) => string;
  readonly #keys: Uint8Array;
  readonly #texts: (string | undefined)[] = new Array(SLOTS).fill(undefined);

  constructor(size: number, write: (bytes: Uint8Array, offset: number) => string) {
    this.#size = size;
    this.#write = write;
    this.#keys = new Uint8Array(SLOTS * size);
  }

  at(bytes: Uint8Array, offset: number): string {
    const size = this.#size;
    const keys = this.#keys;
    let hash = 0;
    for (let i = 0; i < size; i += 1) hash = (Math.imul(hash, 31) + uint8(bytes, offset + i)) | 0;
    const slot = (hash ^ (hash >>> 10)) & (SLOTS - 1);
    const key = slot * size;
    let same = true;
    for (let i = 0; i < size; i += 1) same &&= keys[key + i] === uint8(bytes, offset + i);
    const known = this.#texts[slot];
    if (same && known !== undefined) return known;
    for (let i = 0; i < size; i += 1) keys[key + i] = uint8(bytes, offset + i);
    const text = this.#write(bytes, offset);
    this.#texts[slot] = text;
    return text;
  }
}

const ipv4Texts = new AddressTexts(
  4,
  (bytes, at) =>
    `${uint8(bytes, at)}.${uint8(bytes, at + 1)}.${uint8(bytes, at + 2)}.${uint8(bytes, at + 3)}`,
);
const ipv6Texts = new AddressTexts(16, ipv6Text);
const macTexts = new AddressTexts(6, (bytes, at) => colonHex(bytes, at, 6));

/** `192.0.2.1` */
export function ipv4Address(bytes: Uint8Array, offset: number): string {
  return ipv4Texts.at(bytes, offset);
}

/** `2001:db8::1`, the one form of RFC 5952. */
export function ipv6Address(bytes: Uint8Array, offset: number): string {
  return ipv6Texts.at(bytes, offset);
}

/** `02:42:ac:12:00:02` */
export function macAddress(bytes: Uint8Array, offset: number): string {
  return macTexts.at(bytes, offset);
}

/** A link-layer address of any length. */
export function colonHex(bytes: Uint8Array, offset: number, length: number): string {
  return hex(bytes, offset, offset + length).replace(/..(?=.)/g, '$&:');
}

/** RFC 5952, sections 4 and 5: the first longest run of two zero groups or more is `::`, an IPv4-mapped tail is dotted. */
function ipv6Text(bytes: Uint8Array, offset: number): string {
  const groups = Array.from({ length: 8 }, (_, i) => uint16(bytes, offset + 2 * i));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${ipv4Address(bytes, offset + 12)}`;
  }
  const run = longestZeroRun(groups);
  const text = (part: number[]) => part.map((group) => group.toString(16)).join(':');
  if (run.length < 2) return text(groups);
  return `${text(groups.slice(0, run.start))}::${text(groups.slice(run.start + run.length))}`;
}

function longestZeroRun(groups: readonly number[]) {
  let longest = { start: 0, length: 0 };
  let start = 0;
  for (const [i, group] of groups.entries()) {
    if (group !== 0) start = i + 1;
    else if (i + 1 - start > longest.length) longest = { start, length: i + 1 - start };
  }
  return longest;
}
