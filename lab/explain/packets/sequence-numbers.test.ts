import { expect, test } from 'vitest';
import type { Tcp } from '../../model/packet.ts';
import { SequenceNumbers } from './sequence-numbers.ts';

const ends = { from: '192.0.2.1', to: '192.0.2.2' };
const back = { from: '192.0.2.2', to: '192.0.2.1' };
const NO_FLAGS = {
  ae: false,
  cwr: false,
  ece: false,
  urg: false,
  ack: false,
  psh: false,
  rst: false,
  syn: false,
  fin: false,
};
type Names = readonly (keyof Tcp['flags'])[];

function segment(
  names: Names,
  sequenceNumber: number,
  acknowledgmentNumber = 0,
  ports = [40000, 50000],
): Tcp {
  const set = Object.fromEntries(names.map((name) => [name, true]));
  const flags = { ...NO_FLAGS, ...set };
  const [sourcePort = 0, destinationPort = 0] = ports;
  const rest = {
    headerLength: 20,
    reserved: 0,
    window: 0,
    checksum: 0,
    urgentPointer: 0,
    options: [],
  };
  return {
    sourcePort,
    destinationPort,
    sequenceNumber,
    acknowledgmentNumber,
    flags,
    checksumStatus: 'good',
    ...rest,
  };
}

test('sequence numbers are relative to the SYN of each side, across the wrap at 32 bits', () => {
  const numbers = new SequenceNumbers();
  expect(numbers.relative(segment(['syn'], 0xffffffff), ends)).toMatchObject({
    sequence: 0,
    acknowledgment: 0,
  });
  const reply = segment(['syn', 'ack'], 7, 0, [50000, 40000]);
  expect(numbers.relative(reply, back)).toMatchObject({ sequence: 0, acknowledgment: 1 });
  expect(numbers.relative(segment(['ack'], 4, 8), ends)).toMatchObject({
    sequence: 5,
    acknowledgment: 1,
  });
});

test('sequence numbers start from 1 if the SYN was not seen', () => {
  const numbers = new SequenceNumbers();
  expect(numbers.relative(segment(['ack'], 500, 900), ends)).toMatchObject({
    sequence: 1,
    acknowledgment: 1,
  });
});

test('relative numbers restart with a new connection of the same ports, but not with a retransmitted SYN', () => {
  const numbers = new SequenceNumbers();
  numbers.relative(segment(['syn'], 100), ends);
  expect(numbers.relative(segment(['syn'], 100), ends).sequence).toBe(0);
  numbers.relative(segment(['syn'], 9000), ends);
  expect(numbers.relative(segment(['ack'], 9001, 1), ends).sequence).toBe(1);
});

test('a new connection of the same ports forgets the first number of the other side', () => {
  const numbers = new SequenceNumbers();
  numbers.relative(segment(['syn'], 100), ends);
  numbers.relative(segment(['syn', 'ack'], 5000, 101, [50000, 40000]), back);
  numbers.relative(segment(['syn'], 9000), ends);
  const refusal = segment(['rst', 'ack'], 0, 9001, [50000, 40000]);
  expect(numbers.relative(refusal, back)).toMatchObject({ sequence: 1, acknowledgment: 1 });
});

test('an active conversation keeps its first numbers, however many others come and go', () => {
  const numbers = new SequenceNumbers();
  numbers.relative(segment(['syn'], 100), ends);
  for (let port = 1; port <= 10_000; port += 1) {
    numbers.relative(segment(['syn'], 1, 0, [port, 60_000]), ends);
    const { sequence } = numbers.relative(segment(['ack'], 100 + port, 1), ends);
    expect(sequence).toBe(port);
  }
});
