import { expect, onTestFinished, test, vi } from 'vitest';
import { frame } from '../engine/testing/frame.ts';
import { LogLines } from './host-log.ts';

const stamp = (second: number) => `2026-01-31T12:00:0${second}.5Z`;
const atNs = (second: number) => `${1_769_860_800 + second}500000000`;
const log = (second: number, line: string) => ({
  kind: 'log',
  atNs: atNs(second),
  host: 'web',
  line,
});

test('a message is a line, with its time', () => {
  const lines = new LogLines('web');
  const chunk = Buffer.concat([
    frame(1, `${stamp(0)} one  two\n`),
    frame(2, `${stamp(1)} \n`),
    frame(1, `${stamp(2)} grüße\r\n`),
  ]);
  expect(lines.push(chunk)).toEqual([log(0, 'one  two'), log(1, ''), log(2, 'grüße')]);
  expect(lines.end()).toEqual([]);
});

test('a long line that comes in parts is one line, with the time of its beginning', () => {
  const lines = new LogLines('web');
  expect(lines.push(frame(1, `${stamp(0)} begin`))).toEqual([]);
  expect(lines.push(frame(2, `${stamp(1)} an error\n`))).toEqual([log(1, 'an error')]);
  expect(lines.push(frame(1, `${stamp(2)} ning\n`))).toEqual([log(0, 'beginning')]);
});

test('of an endless line the beginning and the length are kept', () => {
  const lines = new LogLines('web');
  const part = 'x'.repeat(16_384);
  for (let n = 0; n < 200; n += 1) expect(lines.push(frame(1, `${stamp(0)} ${part}`))).toEqual([]);
  expect(lines.end()).toEqual([log(0, `${part.repeat(8)}… (3276800 bytes)`)]);
});

test('the last line needs no newline', () => {
  const lines = new LogLines('web');
  expect(lines.push(frame(1, `${stamp(0)} cut`))).toEqual([]);
  expect(lines.end()).toEqual([log(0, 'cut')]);
});

test('a host with a terminal has lines too', () => {
  const lines = new LogLines('web');
  expect(lines.push(Buffer.from(`${stamp(0)} one\r\n${stamp(1)} tw`))).toEqual([log(0, 'one')]);
  expect(lines.push(Buffer.from('o\r\n'))).toEqual([log(1, 'two')]);
});

test('of a line that a host with a terminal never ends, the beginning and the length are kept, in linear time', () => {
  const lines = new LogLines('web');
  const part = Buffer.from('x'.repeat(1000));
  expect(lines.push(Buffer.from(`${stamp(0)} ${part}`))).toEqual([]);
  const concat = Buffer.concat;
  let copied = 0;
  vi.spyOn(Buffer, 'concat').mockImplementation((parts) => {
    const whole = concat(parts);
    copied += whole.length;
    return whole;
  });
  onTestFinished(() => void vi.restoreAllMocks());
  for (let n = 1; n < 2000; n += 1) expect(lines.push(part)).toEqual([]);
  expect(copied).toBeLessThan(20 * 2_000_000);
  const kept = 'x'.repeat(128 * 1024);
  expect(lines.push(Buffer.from('\r\n'))).toEqual([log(0, `${kept}… (2000002 bytes)`)]);
  expect(lines.push(Buffer.from(`${stamp(1)} next\r\n`))).toEqual([log(1, 'next')]);
});
