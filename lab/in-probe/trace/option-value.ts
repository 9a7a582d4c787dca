/** The value of a socket option (socket(7)). */
import type { OptionValue } from '../../model/call.ts';
import { bytesOf } from './values.ts';

const TIME = /tv_sec=(\d{1,10}), tv_usec=(\d{1,7})/;
const LINGER = /l_onoff=(-?\d{1,10}), l_linger=(-?\d{1,10})/;
const NUMBER = /^\[(-?\d{1,15})\]$/;
const ERROR = /^\[(E[A-Z0-9]{1,20})\]$/;

/** @param text as strace prints it, as in `[1]` */
export function optionValue(option: string | undefined, text: string): OptionValue {
  const raw = { kind: 'raw', text: text.replace(/^\[(.*)\]$/, '$1') } as const;
  if (option === 'SO_RCVTIMEO' || option === 'SO_SNDTIMEO') return timeoutIn(text) ?? raw;
  if (option === 'SO_LINGER') return lingerIn(text) ?? raw;
  if (option === 'SO_ERROR') return errorIn(text) ?? raw;
  const number = NUMBER.exec(text)?.[1];
  return number === undefined ? raw : { kind: 'number', number: Number(number) };
}

function timeoutIn(text: string): OptionValue | undefined {
  const [, seconds, micros] = TIME.exec(text) ?? [];
  const parts = seconds === undefined ? timeOf(text) : [Number(seconds), Number(micros)];
  if (parts === undefined) return undefined;
  const [whole = 0, part = 0] = parts;
  return { kind: 'timeout', timeoutMs: whole * 1000 + part / 1000 };
}

/** Of a `struct timeval` as its bytes: two numbers of the processor's own size, on each that a lab runs on little-endian. */
function timeOf(text: string): [seconds: number, micros: number] | undefined {
  if (!/^"[\\x0-9a-f]*"$/.test(text)) return undefined;
  const bytes = bytesOf(text.slice(1, -1));
  if (bytes.length === 8) return [bytes.readInt32LE(0), bytes.readInt32LE(4)];
  if (bytes.length !== 16) return undefined;
  return [Number(bytes.readBigInt64LE(0)), Number(bytes.readBigInt64LE(8))];
}

function lingerIn(text: string): OptionValue | undefined {
  const [, isOn, seconds] = LINGER.exec(text) ?? [];
  if (isOn === undefined) return undefined;
  return { kind: 'linger', isOn: Number(isOn) !== 0, seconds: Number(seconds) };
}

function errorIn(text: string): OptionValue | undefined {
  if (text === '[0]') return { kind: 'error' };
  const error = ERROR.exec(text)?.[1];
  return error === undefined ? undefined : { kind: 'error', error };
}
