import { expect, test } from 'vitest';
import type { LabEvent } from './event.ts';
import { eventLine, RecordingError, readRecording, recordingHeader } from './recording.ts';

const events: LabEvent[] = [
  { kind: 'log', atNs: '1795000000000000001', host: 'server', line: 'grüße\n' },
  {
    kind: 'fault',
    atNs: '1795000000000000002',
    host: 'server',
    fault: 'loss-1',
    change: 'applied',
    settings: { kind: 'loss', percent: 30 },
  },
];
const bytes = new TextEncoder().encode([recordingHeader, ...events.map(eventLine)].join(''));
const read = (chunks: Iterable<Uint8Array | string>) => Array.fromAsync(readRecording(chunks));

test('what was written is read back, wherever the chunks end', async () => {
  for (const size of [1, 7, 1000]) {
    const count = Math.ceil(bytes.length / size);
    const chunks = Array.from({ length: count }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    expect(await read(chunks)).toEqual(events);
  }
});

test('the last line needs no newline, and empty lines are skipped', async () => {
  expect(
    await read(['\n', recordingHeader, '\n', eventLine(events[0] as LabEvent).trim()]),
  ).toEqual([events[0]]);
});

test.each([
  ['not JSON', '{', /line 4 of the recording: it is not JSON, but "\{"/],
  ['cut', eventLine(events[0] as LabEvent).slice(0, 20), /line 4 .* not JSON/],
  ['no object', '5', /an event needs an object/],
  ['of no kind', '{"kind":"x"}', /a known "kind"/],
  ['without a time', '{"kind":"log","atNs":5.5}', /"atNs" in nanoseconds/],
  ['with a time that is a number', '{"kind":"log","atNs":5}', /"atNs" in nanoseconds/],
  ['without a host', '{"kind":"log","atNs":"5"}', /a "host"/],
  [
    'without what its kind has',
    '{"kind":"packet","atNs":"5","host":"a"}',
    /a "packet" of its kind/,
  ],
  ['a terminal sequence', '\u001b[2J', /"\\u001b\[2J"/],
])('a line that is %s is an error that says which line', async (_, line, message) => {
  const given: LabEvent[] = [];
  const reading = (async () => {
    for await (const event of readRecording([bytes, line])) given.push(event);
  })();
  await expect(reading).rejects.toThrow(message);
  await expect(reading).rejects.toThrow(RecordingError);
  expect(given).toEqual(events);
});

test.each([
  ['older, without a header', eventLine(events[0] as LabEvent), /line 1 .* must be .*"version":1/],
  ['of another format', '{"format":"x","version":1}', /line 1 .* must be .*"version":1/],
  ['newer', '{"format":"socketlab-recording","version":2}', /version must be 1, but is "2"/],
  ['no recording at all', 'null', /line 1 .* must be/],
])('a recording that is %s is refused', async (_, header, message) => {
  const reading = read([header, '\n', eventLine(events[0] as LabEvent)]);
  await expect(reading).rejects.toThrow(message);
  await expect(reading).rejects.toThrow(RecordingError);
});

test('a file without newlines is not read into memory as a whole', async () => {
  let chunks = 0;
  function* endless() {
    for (;;) {
      chunks += 1;
      yield 'x'.repeat(100_000);
    }
  }
  await expect(read(endless())).rejects.toThrow(
    'line 1 of the recording: it is longer than 1000000',
  );
  expect(chunks).toBeLessThan(20);
});
