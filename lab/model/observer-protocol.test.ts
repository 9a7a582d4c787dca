import { expect, test } from 'vitest';
import { FrameParser } from './frames.ts';
import { messageOf, newsFrame, outputFrame } from './observer-protocol.ts';

test('what an observer says is understood as it was meant', () => {
  const last = 2 ** 31 - 1;
  const said = Buffer.concat([
    newsFrame({ began: 1 }),
    outputFrame(1, 'stdout', Buffer.from('out')),
    outputFrame(last, 'stderr', Buffer.from('err')),
    newsFrame({ ended: 1, exitCode: 137 }),
  ]);
  expect(new FrameParser().push(said).map(messageOf)).toEqual([
    { news: { began: 1 } },
    { program: 1, output: 'stdout', data: Buffer.from('out') },
    { program: last, output: 'stderr', data: Buffer.from('err') },
    { news: { ended: 1, exitCode: 137 } },
  ]);
});
