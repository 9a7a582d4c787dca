import { decisionText } from '../../lab/explain/packets/decision-text.ts';
import type { Decision, HeldPacket, Hold } from '../../lab/index.ts';
import { LruMap } from '../../lab/util/lru-map.ts';
import { KEYS, KEYS_HELP, REST_KEY } from './decisions.ts';
import type { Keyboard } from './keyboard.ts';
import { conversationOf, ShownPackets } from './shown-packets.ts';

/** After so long without a decision, a client may be about to give up: ours over TCP does after 5 s. */
const PATIENCE_MS = 3000;
const GIVES_UP =
  'held for 3 s: a client that waits for an answer may soon give up (that of this lab after 5 s over TCP; over UDP it asks again after 1 s)';

/** So many conversations may go on by themselves. */
const CONVERSATIONS_MAX = 10_000;

/** Decides on one packet after another, by a script. */
export async function stepByScript(hold: Hold, decisions: readonly Decision[]): Promise<void> {
  const shown = new ShownPackets();
  for (const decision of decisions) {
    const held = await hold.next();
    if (held === undefined) return;
    shown.show(held, await hold.waiting());
    await held.decide(decision);
    shown.tell(decisionText(decision));
  }
}

/** Lets a person at the keyboard decide, until they quit. */
export async function stepByKeys(hold: Hold, keyboard: Keyboard): Promise<void> {
  const shown = new ShownPackets();
  const released = new LruMap<string, true>(CONVERSATIONS_MAX);
  for await (const held of hold) {
    const conversation = conversationOf(held);
    if (released.get(conversation)) {
      await held.deliver();
      continue;
    }
    shown.show(held, await hold.waiting());
    const decision = await decisionByKey(keyboard, shown, held);
    if (decision === undefined) return shown.tell('delivered, as the hold ends');
    if (decision === 'rest') {
      released.set(conversation, true);
      await held.deliver();
      shown.tell('delivered, and so is the rest of this conversation');
      continue;
    }
    await held.decide(decision);
    shown.tell(decisionText(decision));
  }
}

async function decisionByKey(
  keyboard: Keyboard,
  shown: ShownPackets,
  { heldForMs }: HeldPacket,
): Promise<Decision | 'rest' | undefined> {
  const left = Math.max(0, PATIENCE_MS - heldForMs);
  const warning = setTimeout(() => shown.note(GIVES_UP), left);
  try {
    for (let key = await keyboard.next(); key !== undefined; key = await keyboard.next()) {
      const decision = key === REST_KEY ? 'rest' : KEYS.get(key);
      if (decision !== undefined) return decision;
      shown.note(`${JSON.stringify(key)} does nothing here. ${KEYS_HELP}`);
    }
    return undefined;
  } finally {
    clearTimeout(warning);
  }
}
