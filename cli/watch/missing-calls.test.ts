import { expect, test } from 'vitest';
import { LabError } from '../../lab/index.ts';
import { missingCalls, type Trouble } from './missing-calls.ts';

const trouble = (host: string, code: LabError['code']): Trouble => ({
  host,
  error: new LabError(code, `Cannot trace host "${host}": strace: what is wrong`),
});

test('hosts that something else traces are named on one line, with what that may be', () => {
  const troubles = [
    trouble('tcp-server', 'TRACED_ALREADY'),
    trouble('gone', 'PROBE_FAILED'),
    trouble('tcp-client', 'TRACED_ALREADY'),
  ];
  expect(missingCalls(troubles)).toEqual([
    'tcp-client, tcp-server: their calls are not shown, as something else traces them (another "watch"?)',
    'gone: its calls are not shown: Cannot trace host "gone": strace: what is wrong',
  ]);
  expect(missingCalls(troubles.slice(0, 1))).toEqual([
    'tcp-server: its calls are not shown, as something else traces it (another "watch"?)',
  ]);
  expect(missingCalls([])).toEqual([]);
});
