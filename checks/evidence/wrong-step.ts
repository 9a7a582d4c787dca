/**
 * Finds the step at which a program went wrong, by its calls and what a check has found. Pure.
 *
 *     named by the check? ─▶ by its code? ─▶ is the end of a stream ignored? ─▶ by its bytes: which call sent or received them?
 *       ─▶ does a call wait? ─▶ does the program pause? ─▶ the last call
 */
import type { Step } from '../../lab/index.ts';
import { isReceive, isSend } from '../../lab/model/call-facts.ts';
import type { Wrong } from '../wrong.ts';
import { bytesStep } from './bytes-step.ts';
import { endIgnoredStep } from './end-ignored-step.ts';
import { beforeGivingUp, waitingStep } from './idle-step.ts';
import { lastStep } from './last-step.ts';
import type { Observed } from './observed.ts';
import { pausedStep } from './paused-step.ts';
import { backgroundStep, openStep } from './process-steps.ts';
import { isOfResolver } from './resolver.ts';
import { conversationsOf, endOf, sendsOf } from './transfers.ts';

/** Of programs that listen at another address than they should, or do not listen. */
const LISTENING: readonly string[] = [
  'not-listening',
  'loopback-only',
  'ipv6-only',
  'other-port',
  'swapped-port',
  'other-protocol',
];
/** Of clients that went to another server than they should, or to none. */
const ELSEWHERE: readonly string[] = ['other-server', 'no-address'];
/** Of clients that sent their message again too early, or not often enough. */
const REPEATS: readonly string[] = ['not-sent-again', 'few-tries', 'no-back-off'];
/** Of programs that sent something where they should not. */
const SENDS: readonly string[] = ['answers-echoes', 'sends-something'];

/** @returns undefined where the program has made no call */
export function wrongStep(observed: Observed): Wrong | undefined {
  const { finding } = observed;
  return (
    namedStep(observed) ??
    stepByCode(observed) ??
    endIgnoredStep(observed.calls) ??
    (finding.bytes ? bytesStep(observed, finding.bytes) : undefined) ??
    waitingStep(observed) ??
    pausedStep(observed) ??
    lastStep(observed)
  );
}

function stepByCode(observed: Observed): Wrong | undefined {
  const { code } = observed.finding;
  if (code === 'in-background') return backgroundStep(observed.calls);
  if (code === 'no-fin') return noFinStep(observed);
  if (code === 'reset') return resetStep(observed);
  if (LISTENING.includes(code)) return addressStep(observed);
  if (ELSEWHERE.includes(code)) return destinationStep(observed);
  if (REPEATS.includes(code)) return lastSentStep(observed);
  return SENDS.includes(code) ? notExpectedStep(observed) : undefined;
}

function namedStep({ steps, finding: { at } }: Observed): Wrong | undefined {
  const step = at && steps.find((one) => one.host === at.host && one.atNs === at.atNs);
  return step && { kind: 'named', step };
}

function addressStep({ calls }: Observed): Wrong | undefined {
  const step = calls.findLast(({ call }) => call.call === 'bind' && call.error === undefined);
  return step && { kind: 'address', step };
}

function destinationStep({ calls }: Observed): Wrong | undefined {
  const step = calls.find(
    (one) =>
      (one.call.call === 'connect' || isSend(one.call)) &&
      one.call.peer !== undefined &&
      !isOfResolver(one),
  );
  return step && { kind: 'address', step };
}

function lastSentStep({ calls }: Observed): Wrong | undefined {
  const step = calls.findLast((one) => isSend(one.call) && !isOfResolver(one));
  return step && { kind: 'last-sent', step };
}

/** A program that waits for its client to send or to close does not come to its own close. */
function noFinStep(observed: Observed): Wrong | undefined {
  const waiting = waitingStep(observed);
  if (waiting?.kind === 'waiting' && isReceive(waiting.step.call)) return waiting;
  return openStep(beforeGivingUp(observed.calls, observed.finding));
}

/** RST is the kernel's: it goes out when a socket is closed that has unread input. */
function resetStep({ steps, calls }: Observed): Wrong | undefined {
  const host = calls[0]?.host;
  const sent = (step: Step) =>
    step.kind === 'packet' && step.from === host && step.packet.tcp?.flags.rst === true;
  const reset = steps.findLast(sent);
  if (reset === undefined) return undefined;
  const step = calls.findLast(
    ({ call, conversation }) => call.call === 'close' && conversation === reset.conversation,
  );
  return step && { kind: 'reset', step };
}

function notExpectedStep({ calls }: Observed): Wrong | undefined {
  const sends = conversationsOf(calls)
    .map(sendsOf)
    .find((all) => endOf(all) > 0);
  const first = sends?.find(({ from, to }) => to > from);
  return first && { kind: 'not-expected', step: first.step };
}
