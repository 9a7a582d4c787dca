import { bytesOf, isReceive, isSend } from '../../model/call-facts.ts';
import { endpointText } from '../../model/endpoint-text.ts';
import type { CallEvent } from '../../model/event.ts';
import type { CallStep } from '../../timeline/step.ts';
import { bytesText, words } from '../phrases.ts';
import { argumentsText } from './call-arguments.ts';

/** What a call is, however long that is: its title is cut. */
export function callTitle({ call }: CallStep): string {
  if (call.stage === 'waiting') return `${call.call} waits`;
  return words(nameOf(call), call.error, stateText(call), quoted(call.data?.preview));
}

/** The same before it is known whether it fails. */
export function begunTitle({ call }: CallStep): string {
  return words(nameOf(call), stateText(call), quoted(call.data?.preview));
}

function nameOf(call: CallEvent): string {
  if (call.peer && call.call !== 'recvfrom') return `${call.call} ${endpointText(call.peer)}`;
  if (call.error !== undefined) return call.call;
  if (isSend(call) || isReceive(call)) return `${call.call} ${bytesText(bytesOf(call) ?? 0)}`;
  return words(call.call, argumentsText(call));
}

function stateText({ state }: CallEvent): string | undefined {
  return state === 'LISTEN' || state === 'ESTABLISHED' ? undefined : state;
}

function quoted(text: string | undefined): string | undefined {
  return text ? `"${text}"` : undefined;
}
