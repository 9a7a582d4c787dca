/**
 * Finds the step at which a program went wrong, by its calls and what a check has found. Pure.
 *
 *     named by the check? ─▶ bytes: which call sent or received them? ─▶ does a call wait? ─▶ the last call
 */
import type { CallStep, Step } from '../../lab/index.ts';
import { bytesOf, isReceive, requestOf } from '../../lab/model/call-facts.ts';
import { linkedStep } from '../../lab/timeline/step.ts';
import type { Finding, Layer } from '../check.ts';
import { firstDifference } from '../roles/difference.ts';
import type { Wrong } from '../wrong.ts';
import { backgroundStep, openStep } from './process-steps.ts';
import { arrivalOf, conversationsOf, receivesOf, sendsOf, type Transfer } from './transfers.ts';

export interface Scene {
  /** Of the whole run, in the order of time. */
  readonly steps: readonly Step[];
  /** The calls of the program until the end of the check. */
  readonly calls: readonly CallStep[];
  readonly layer: Layer;
  readonly finding: Finding;
  /** When the check ended: nanoseconds since 1970. */
  readonly endedNs: bigint;
}

/** @returns undefined where the program has made no call */
export function wrongStep(scene: Scene): Wrong | undefined {
  const { layer, finding } = scene;
  return (
    namedStep(scene) ??
    (finding.code === 'in-background' ? backgroundStep(scene.calls) : undefined) ??
    (finding.code === 'no-fin' ? noFinStep(scene) : undefined) ??
    (layer === 'listens' ? addressStep(scene) : undefined) ??
    (SENDS.includes(finding.code) ? notExpectedStep(scene) : undefined) ??
    (finding.code === 'reset' ? resetStep(scene) : undefined) ??
    (finding.bytes ? bytesStep(scene, finding.bytes) : undefined) ??
    waitingStep(scene) ??
    lastStep(scene)
  );
}

function namedStep({ steps, finding: { at } }: Scene): Wrong | undefined {
  const step = at && steps.find((one) => one.host === at.host && one.atNs === at.atNs);
  return step && { kind: 'named', step };
}

function addressStep({ calls, finding: { code } }: Scene): Wrong | undefined {
  if (code === 'program-ended' || code === 'in-background') return undefined;
  const step = calls.findLast(({ call }) => call.call === 'bind' && call.error === undefined);
  return step && { kind: 'address', step };
}

/** A program that waits for its client to send or to close does not come to its own close. */
function noFinStep(scene: Scene): Wrong | undefined {
  const waiting = waitingStep(scene);
  if (waiting?.kind === 'waiting' && isReceive(waiting.step.call)) return waiting;
  return openStep(beforeGivingUp(scene.calls, scene.finding));
}

/** RST is the kernel's: it goes out when a socket is closed that has unread input. */
function resetStep({ steps, calls }: Scene): Wrong | undefined {
  const host = calls[0]?.host;
  const sent = (step: Step) =>
    step.kind === 'packet' && step.from === host && step.packet.tcp?.flags.rst === true;
  const reset = steps.findLast(sent);
  const step = calls.findLast(
    ({ call, conversation }) => call.call === 'close' && conversation === reset?.conversation,
  );
  return step && { kind: 'reset', step };
}

/** Of programs that sent something where they should not. */
const SENDS: readonly string[] = ['answers-echoes', 'sends-something'];

function notExpectedStep({ calls }: Scene): Wrong | undefined {
  const sends = conversationsOf(calls)
    .map(sendsOf)
    .find((all) => endOf(all) > 0);
  const first = sends?.find(({ from, to }) => to > from);
  return first && { kind: 'not-expected', step: first.step };
}

type Bytes = NonNullable<Finding['bytes']>;

function bytesStep(scene: Scene, bytes: Bytes): Wrong | undefined {
  for (const calls of conversationsOf(scene.calls)) {
    const [sends, receives] = [sendsOf(calls), receivesOf(calls)];
    // A server answers what it has received, so that its own bytes are those it sent.
    const isServer = calls.some(({ call }) => call.call === 'accept') || endOf(sends) > 0;
    const found = isServer
      ? sentStep(bytes, sends, receives)
      : receivedStep(scene, bytes, receives);
    if (found) return found;
  }
  return undefined;
}

const endOf = (transfers: readonly Transfer[]) => transfers.at(-1)?.to ?? 0;

function sentStep(
  { expected, received }: Bytes,
  sends: readonly Transfer[],
  receives: readonly Transfer[],
): Wrong | undefined {
  const isDatagram = sends[0]?.step.protocol === 'udp';
  const cut = isDatagram ? receives.map(({ step }) => cutDatagram(step)).find(Boolean) : undefined;
  if (cut) return cut;
  // Each datagram is a message of its own; the check has the last one.
  const own = isDatagram
    ? sends.slice(-1).map(({ step, from, to }) => ({ step, from: 0, to: to - from }))
    : sends;
  const last = own.at(-1);
  const before = firstDifference(expected, received) ?? 0;
  if (last === undefined || endOf(own) !== received.length) return undefined;
  const wrong = own.find(({ from, to }) => from <= before && before < to);
  if (wrong) return { kind: 'wrong-byte', step: wrong.step, before };
  return { kind: 'part-sent', step: last.step, sent: endOf(own), of: expected.length };
}

function cutDatagram(step: CallStep): Wrong | undefined {
  const datagram = linkedStep(step, 'completed-by', 'packet')?.packet;
  const received = bytesOf(step.call) ?? 0;
  const isFull = received > 0 && received === requestOf(step.call).requestedBytes;
  if (!isFull || datagram?.udp === undefined || datagram.payloadLength <= received)
    return undefined;
  return { kind: 'datagram-cut', step, of: datagram.payloadLength };
}

function receivedStep(
  { steps }: Scene,
  { expected: { length } }: Bytes,
  receives: readonly Transfer[],
): Wrong | undefined {
  const last = receives.findLast(({ from, to }) => to > from);
  if (last === undefined) return undefined;
  const { step, to: received } = last;
  if (step.protocol === 'udp')
    return cutDatagram(step) ?? { kind: 'all-received', step, of: received };
  if (received >= length) return { kind: 'all-received', step, of: received };
  const restNs = arrivalOf(steps, step, received);
  return { kind: 'part-received', step, received, of: length, ...(restNs && { restNs }) };
}

/** A call that took so much of the time that was waited for is why: the peer gave up in the end, which let it return. */
const LONG = 0.8;

/** A server waits in `accept` as long as nobody comes; any other call that waits tells more. */
function waitingStep({ calls, endedNs, finding }: Scene): Wrong | undefined {
  const longNs = LONG * 1e6 * (finding.waited?.ms ?? Number.POSITIVE_INFINITY);
  const waiting = calls.filter((step) => hasWaited(step, endedNs) || tookNs(step) > longNs);
  const step = waiting.findLast(({ call }) => isReceive(call)) ?? waiting.at(-1);
  if (step === undefined) return undefined;
  const forNs = Math.min(tookNs(step), Number(endedNs - BigInt(step.atNs)));
  return { kind: 'waiting', step, forNs };
}

function tookNs({ atNs, endNs, call: { stage } }: CallStep): number {
  return stage === 'waiting' || endNs === undefined
    ? Number.POSITIVE_INFINITY
    : Number(BigInt(endNs) - BigInt(atNs));
}

function hasWaited({ endNs, call }: CallStep, endedNs: bigint): boolean {
  if (call.stage === 'present') return false;
  return call.stage === 'waiting' || (endNs !== undefined && BigInt(endNs) > endedNs);
}

function lastStep({ calls: all, finding }: Scene): Wrong | undefined {
  const calls = beforeGivingUp(all, finding);
  const step = calls.at(-1);
  const failed = calls
    .slice(-FAILED_BEFORE_MAX)
    .findLast(({ call: { error } }) => error !== undefined && !NOT_NOW.includes(error));
  if (failed) return { kind: 'failed', step: failed };
  return step && { kind: 'last', step };
}

/** Without what a program did only when the grader had waited long enough, and closed the connection. */
function beforeGivingUp(calls: readonly CallStep[], { waited }: Finding): readonly CallStep[] {
  const pauseNs = (waited?.ms ?? Number.POSITIVE_INFINITY) * 1e6 * PAUSE;
  const at = calls.findIndex(({ atNs }, n) => {
    const before = calls[n - 1];
    return before && Number(BigInt(atNs) - BigInt(before.endNs ?? before.atNs)) > pauseNs;
  });
  return at === -1 ? calls : calls.slice(0, at);
}

/** Nothing for so much of the time that was waited is what was waited for. */
const PAUSE = 0.7;

/** A socket that does not block has nothing to do at the moment. */
const NOT_NOW: readonly string[] = ['EAGAIN', 'EINPROGRESS'];

/** Behind a call that fails, a program closes its sockets, and ends. */
const FAILED_BEFORE_MAX = 3;
