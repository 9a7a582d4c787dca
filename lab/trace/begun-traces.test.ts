import { expect, test } from 'vitest';
import { BegunTraces } from './begun-traces.ts';
import type { HostTrace } from './host-trace.ts';

test('if one of several traces could not begin, the others are still available', async () => {
  const traces = new BegunTraces();
  const trace = { host: { id: 'a' } } as HostTrace;
  traces.expect('a').resolve(trace);
  traces.expect('b').reject(new Error('no strace'));
  await expect(traces.take(['a', 'b'])).rejects.toThrow('no strace');
  await expect(traces.take(['a', 'b'])).resolves.toEqual([trace]);
  await expect(traces.take(['a'])).resolves.toEqual([]);
});
