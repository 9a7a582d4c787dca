/** A fault does nothing before it begins and after it has ended. */
import { between } from '../../../lab/util/nanoseconds.ts';
import type { Replay } from '../replay.ts';

/** The same wire reports both, one after the other; by then it has released what it kept. */
const JITTER_NS = 20e6;

export function* faultsEnd(replay: Replay): Generator<string> {
  const spans = new Map<string, { fromNs: string; toNs?: string }[]>();
  for (const event of replay.events) {
    if (event.kind !== 'fault') continue;
    const all = spans.getOrInsertComputed(`${event.host}/${event.fault}`, () => []);
    const last = all.at(-1);
    if (event.change === 'applied') all.push({ fromNs: event.atNs });
    else if (last === undefined || last.toNs !== undefined)
      yield `${event.host}/${event.fault} ends without a beginning`;
    else last.toNs = event.atNs;
  }
  for (const event of replay.events) {
    if (event.kind !== 'fate' || event.fate === 'delivered') continue;
    const name = `${event.host}/${event.fault}`;
    const isOn = spans.get(name)?.some(({ fromNs, toNs }) => {
      const hasBegun = between(fromNs, event.atNs) >= -JITTER_NS;
      return hasBegun && (toNs === undefined || between(event.atNs, toNs) >= -JITTER_NS);
    });
    if (!isOn) yield `${name} is not on when a packet is ${event.fate}, at ${event.atNs}`;
  }
}
