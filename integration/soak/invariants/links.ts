/** What is linked is there, knows of it, and belongs together: no link leads across connections. */
import type { Step } from '../../../lab/index.ts';
import type { CallStep, LinkKind, PacketStep } from '../../../lab/timeline/step.ts';
import type { Replay } from '../replay.ts';

const backwards: Readonly<Record<LinkKind, LinkKind>> = {
  caused: 'caused-by',
  'caused-by': 'caused',
  completed: 'completed-by',
  'completed-by': 'completed',
  repeats: 'repeated-by',
  'repeated-by': 'repeats',
  reports: 'reported-by',
  'reported-by': 'reports',
};

export function* linksAreRight(replay: Replay): Generator<string> {
  for (const step of replay.steps) {
    for (const { to, kind } of step.links) {
      const other = replay.byId.get(to.id);
      if (other === undefined) yield `${replay.text(step)} ${kind} #${to.id}, which is not there`;
      else yield* pairIsRight(replay, step, kind, other);
    }
  }
}

function* pairIsRight(replay: Replay, step: Step, kind: LinkKind, other: Step) {
  const words = () => `${replay.text(step)} ${kind} ${replay.text(other)}`;
  const isKnown = other.links.some(
    (link) => link.to.id === step.id && link.kind === backwards[kind],
  );
  if (!isKnown) yield `${words()}, which does not know of it`;
  if (step.conversation !== other.conversation) yield `${words()}, across conversations`;
  if (step.kind !== 'call' || other.kind !== 'packet') return;
  if (kind === 'caused') yield* isOfCaller(step, other, 'sent', words);
  if (kind === 'completed-by') yield* isOfCaller(step, other, 'received', words);
}

/** The call was made at the packet's end, on a socket with the packet's port. */
function* isOfCaller(
  { host, call }: CallStep,
  { packet, from, to }: PacketStep,
  way: 'sent' | 'received',
  words: () => string,
): Generator<string> {
  const end = way === 'sent' ? from : to;
  if (end !== host) yield `${words()}, which ${end} ${way}`;
  const ports = packet.tcp ?? packet.udp;
  const port = way === 'sent' ? ports?.sourcePort : ports?.destinationPort;
  const own = call.socket?.local?.port;
  if (port !== undefined && own && own !== port) yield `${words()}, though its port is ${own}`;
}
