/** Which call made the kernel send FIN, where a socket has several descriptors: of a parent and its child, or of one process. */

import { expect, test } from 'vitest';
import { sentenceOf, titleOf } from '../../../explain/testing/words-of.ts';
import type { CallEvent } from '../../../model/event.ts';
import type { Step } from '../../step.ts';
import { at, type CallMore, call, endOf, passes } from '../../testing/by-hand.ts';
import { back, CLIENT, handshake, SERVER } from '../../testing/connection.ts';
import { callsOf, linkedSteps, packetsOf, timelineOf } from '../../testing/recorded.ts';
import { Timeline } from '../../timeline.ts';

const [PARENT, CHILD] = [10, 11];

/** A call of the server on the connection. */
function of(pid: number, atMs: number, more: Pick<CallEvent, 'call'> & CallMore) {
  const socket = {
    ...({ fd: 4, protocol: 'tcp', local: endOf(SERVER), remote: endOf(CLIENT) } as const),
  };
  return call('h2', atMs, { process: { pid }, socket, ...more });
}

const close = (pid: number, atMs: number) => of(pid, atMs, { call: 'close', result: 0 });
const fin = passes(back(9, { flags: 'FA', seq: 501, ack: 101, id: 9 }));
const open = handshake(0, 100);

/** Who caused FIN, and what is said of each `close`. */
function told(steps: readonly Step[]) {
  const [sent] = packetsOf(steps).filter(({ packet }) => packet.tcp?.flags.fin);
  const causes = linkedSteps(steps, sent, 'caused-by').map((step) =>
    step.kind === 'call' ? `${step.call.call} of ${step.call.process.pid}` : titleOf(step),
  );
  return { causes, closes: callsOf(steps, 'close').map(sentenceOf) };
}

const NOT_LAST = expect.stringMatching(
  /closes its copy .* still has the socket: nothing is sent\.$/,
);
const LAST = expect.stringContaining('its kernel sends FIN');

test('of a parent and its child the one that closes last sends FIN, also with another descriptor', () => {
  const last = close(CHILD, 8.9);
  const other = { ...last, process: { pid: PARENT }, socket: { ...last.socket, fd: 5 } };
  for (const event of [last, other as CallEvent]) {
    expect(told(timelineOf([...open, close(PARENT, 1), event, ...fin]).steps)).toEqual({
      causes: [`close of ${event.process.pid}`],
      closes: [NOT_LAST, LAST],
    });
  }
});

test('what the child sends shows that the parent was not the last to close, though its own end is not seen', () => {
  const write = of(CHILD, 2, {
    call: 'write',
    data: { bytes: 2, preview: 'hi' },
    result: 2,
  });
  const data = passes(back(2.1, { flags: 'PA', seq: 501, ack: 101, data: 'hi', id: 8 }));
  const later = passes(back(9, { flags: 'FA', seq: 503, ack: 101, id: 9 }));
  const { steps } = timelineOf([...open, close(PARENT, 1), write, ...data, ...later]);
  expect(told(steps)).toEqual({ causes: [], closes: [NOT_LAST] });
});

test('a shutdown remains the cause of FIN, whoever closes afterwards', () => {
  const shutdown = of(PARENT, 2, { call: 'shutdown', arguments: { how: 'SHUT_WR' }, result: 0 });
  const { steps } = timelineOf([...open, close(CHILD, 1), shutdown, close(PARENT, 8), ...fin]);
  expect(told(steps)).toMatchObject({ causes: [`shutdown of ${PARENT}`] });
});

test('a last close that is reported long after its FIN takes the place of the one before', () => {
  const timeline = new Timeline({ latenessMs: 200 });
  for (const event of [...open, close(PARENT, 1), ...fin]) timeline.add(event);
  timeline.advance(at(3000));
  expect(told(timeline.steps).causes).toEqual([`close of ${PARENT}`]);
  timeline.add(close(CHILD, 8.9));
  timeline.end();
  expect(told(timeline.steps)).toEqual({
    causes: [`close of ${CHILD}`],
    closes: [NOT_LAST, LAST],
  });
});
