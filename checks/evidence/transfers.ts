/** What a program has sent and received in a conversation, call by call. */
import type { CallStep, PacketStep, Step } from '../../lab/index.ts';
import { bytesOf, isReceive, isSend } from '../../lab/model/call-facts.ts';

/** A call, and which bytes of the conversation it carried: those from `from` on, up to but not including `to`. */
export interface Transfer {
  readonly step: CallStep;
  readonly from: number;
  readonly to: number;
}

export const sendsOf = (calls: readonly CallStep[]) => transfersOf(calls, isSend);

export const receivesOf = (calls: readonly CallStep[]) => transfersOf(calls, isReceive);

function transfersOf(calls: readonly CallStep[], isOne: typeof isSend): Transfer[] {
  let at = 0;
  return calls.flatMap((step) => {
    const bytes = bytesOf(step.call);
    if (!isOne(step.call) || bytes === undefined) return [];
    const from = at;
    at += bytes;
    return { step, from, to: at };
  });
}

/** How many bytes were transferred in all. */
export const endOf = (transfers: readonly Transfer[]): number => transfers.at(-1)?.to ?? 0;

/**
 * The conversations of a program, the latest first: its calls in them. A connection that was closed before anybody looked whose it
 * is has no conversation in the timeline; its calls are those on its descriptor, from the `accept` that returned it on.
 */
export function conversationsOf(calls: readonly CallStep[]): CallStep[][] {
  const accepts = new Map<number, number>();
  const all = Map.groupBy(calls, ({ conversation, protocol, call: { call, result, socket } }) => {
    if (call === 'accept' && result !== undefined)
      accepts.set(result, (accepts.get(result) ?? 0) + 1);
    if (conversation !== undefined) return conversation;
    const count = protocol === 'tcp' && socket ? accepts.get(socket.fd) : undefined;
    return count === undefined ? undefined : `descriptor ${socket?.fd}, ${count}`;
  });
  all.delete(undefined);
  return [...all.values()].reverse();
}

/** When the byte behind the first `received` ones arrived at a host. */
export function arrivalOf(
  steps: readonly Step[],
  { conversation, host }: CallStep,
  received: number,
): string | undefined {
  const carries = (step: Step): step is PacketStep =>
    step.kind === 'packet' &&
    step.conversation === conversation &&
    step.to === host &&
    step.range !== undefined &&
    step.range.from <= received &&
    received < step.range.to;
  return steps.find(carries)?.endNs;
}
