import { expect, test, vi } from 'vitest';
import { logStep } from '../../lab/diagram/testing/steps.ts';
import { drawSteps } from './draw-steps.ts';

test('after Ctrl-C nothing that still waits is drawn', () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const interruption = new AbortController();
  const output = drawSteps({ hosts: [], signal: interruption.signal });
  output.steps?.([logStep(0, 'tcp-server', 'before')]);
  const before = written.mock.calls.join('');
  interruption.abort();
  output.steps?.([logStep(1, 'tcp-server', 'after')]);
  output.end?.();
  const all = written.mock.calls.join('');
  written.mockRestore();
  expect(before).toContain('before');
  expect(all).toBe(before);
});
