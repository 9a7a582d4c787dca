import { expect, test } from 'vitest';
import { seeded } from '../../capture/dissect/testing/mutate.ts';
import { eventsOf, recording, recordings } from './testing/strace-output.ts';
import { TraceParser } from './trace-parser.ts';

test.for(recordings)('wherever its chunks end, $name gives the same events', ({ text }) => {
  const whole = eventsOf(text);
  expect(whole.length).toBeGreaterThan(3);
  for (let seed = 0; seed < 20; seed += 1) {
    const random = seeded(seed);
    const chunks: string[] = [];
    for (let at = 0; at < text.length; ) {
      const size = 1 + random(seed === 0 ? 1 : 300);
      chunks.push(text.slice(at, at + size));
      at += size;
    }
    expect(eventsOf(...chunks), `seed ${seed}`).toEqual(whole);
  }
});

test.for(recordings)('wherever $name is truncated, what came before is reported', ({ text }) => {
  const whole = eventsOf(text).map(({ call, atNs }) => `${atNs} ${call}`);
  for (let seed = 0; seed < 200; seed += 1) {
    const cut = text.slice(0, seeded(seed)(text.length));
    const events = new TraceParser({ host: 'h' }).push(cut);
    const told = events.map(({ call, atNs }) => `${atNs} ${call}`);
    expect(told, `seed ${seed}`).toEqual(whole.slice(0, told.length));
  }
});

test.for(recordings)('damage to $name never yields a malformed event', ({ text }) => {
  let count = 0;
  for (let seed = 0; seed < 60; seed += 1) {
    const random = seeded(seed);
    for (const event of eventsOf(mutated(text, random))) {
      count += 1;
      expect(event.atNs, `seed ${seed}`).toMatch(/^\d{10,21}$/);
      expect(JSON.stringify(event.arguments).length).toBeLessThan(400);
      expect(Object.values({ ...event.peer })).not.toContain(Number.NaN);
      expect(JSON.parse(JSON.stringify(event))).toEqual(event);
    }
  }
  expect(count).toBeGreaterThan(60);
});

test('bytes that are no output of strace yield nothing, and take no memory', () => {
  const random = seeded(1);
  const parser = new TraceParser({ host: 'h' });
  for (let n = 0; n < 300; n += 1) {
    const noise = Buffer.from(Array.from({ length: 10_000 }, () => 1 + random(255) || 32));
    expect(parser.push(noise.toString('latin1').replaceAll('\n', ' '))).toEqual([]);
  }
  expect(parser.push('\n')).toEqual([]);
  expect(parser.push(recording('python-tcp-client.strace')).length).toBeGreaterThan(3);
});

/** The text with errors: characters changed, parts left out, repeated, or moved. */
function mutated(text: string, random: (limit: number) => number): string {
  let broken = text;
  for (let left = 1 + random(20); left > 0; left -= 1) {
    const at = random(broken.length);
    const end = at + random(60);
    const part = broken.slice(at, end);
    const others = [
      '',
      part + part,
      ' <unfinished ...>\n',
      ') = ',
      '"',
      '<',
      String.fromCharCode(random(256)),
      '99999999999999',
    ];
    broken = broken.slice(0, at) + (others[random(others.length)] ?? '') + broken.slice(end);
  }
  return broken;
}
