/** The value of a socket option in words (socket(7)). */
import { bytesOf } from './values.ts';

/** strace tells the two layouts of a time apart, of which programs know nothing: `SO_RCVTIMEO_OLD`. */
const LAYOUT = /_(OLD|NEW)$/;
const TIME = /tv_sec=(\d{1,10}), tv_usec=(\d{1,7})/;
const LINGER = /l_onoff=(-?\d{1,10}), l_linger=(-?\d{1,10})/;

/** `SO_REUSEADDR, 1`, `SO_RCVTIMEO, 1.5 s`, `SO_LINGER, on, 0 s`; the value as strace shows it where it is of no known kind. */
export function optionInWords(option: string | undefined, value: string | undefined): string {
  const name = option?.replace(LAYOUT, '');
  return [name, value && valueInWords(name ?? '', value)].filter(Boolean).join(', ');
}

function valueInWords(name: string, value: string): string {
  if (name === 'SO_RCVTIMEO' || name === 'SO_SNDTIMEO') return timeInWords(value);
  if (name === 'SO_LINGER') return lingerInWords(value);
  return value.replace(/^\[(.*)\]$/, '$1');
}

function timeInWords(value: string): string {
  const [, seconds, micros] = TIME.exec(value) ?? [];
  const parts = seconds === undefined ? timeOf(value) : [Number(seconds), Number(micros)];
  if (parts === undefined) return value;
  const [whole = 0, part = 0] = parts;
  return whole === 0 && part === 0 ? 'no limit' : `${whole + part / 1e6} s`;
}

/** Of a `struct timeval` as its bytes: two numbers of the processor's own size, on each that a lab runs on little-endian. */
function timeOf(value: string): [seconds: number, micros: number] | undefined {
  if (!/^"[\\x0-9a-f]*"$/.test(value)) return undefined;
  const bytes = bytesOf(value.slice(1, -1));
  if (bytes.length === 8) return [bytes.readInt32LE(0), bytes.readInt32LE(4)];
  if (bytes.length !== 16) return undefined;
  return [Number(bytes.readBigInt64LE(0)), Number(bytes.readBigInt64LE(8))];
}

function lingerInWords(value: string): string {
  const [, isOn, seconds] = LINGER.exec(value) ?? [];
  if (isOn === undefined) return value;
  return Number(isOn) === 0 ? 'off' : `on, ${Number(seconds)} s`;
}
