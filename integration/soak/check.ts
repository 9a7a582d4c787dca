import { createReadStream } from 'node:fs';
import { readRecording } from '../../lab/index.ts';
import { inOrder } from './in-order.ts';
import { packetsAreExplained } from './invariants/calls.ts';
import { changesAreComplete } from './invariants/changes.ts';
import { figuresAreRight } from './invariants/counts.ts';
import { faultsEnd } from './invariants/heals.ts';
import { linksAreRight } from './invariants/links.ts';
import { hostsHaveNames } from './invariants/names.ts';
import { causesComeFirst } from './invariants/order.ts';
import { packetsEndOnce } from './invariants/packets.ts';
import { Replay } from './replay.ts';

const invariants = {
  linksAreRight,
  causesComeFirst,
  packetsEndOnce,
  packetsAreExplained,
  hostsHaveNames,
  faultsEnd,
  figuresAreRight,
  changesAreComplete,
} satisfies Record<string, (replay: Replay) => Iterable<string>>;

interface Checked {
  /** What does not hold, each with the step or conversation that shows it. */
  readonly broken: readonly string[];
  /** What was looked at. */
  readonly summary: string;
}

/** Checks what a timeline says of a recording, which is no matter of what happened, but of what can be. */
export async function checkRecording(path: string): Promise<Checked> {
  const replay = Replay.of(await inOrder(readRecording(createReadStream(path))));
  const broken = Object.entries(invariants).flatMap(([name, check]) =>
    [...check(replay)].map((what) => `${name}: ${what}`),
  );
  const links = replay.steps.reduce((sum, step) => sum + step.links.length, 0);
  const { steps, conversations } = replay;
  const summary = `${steps.length} steps, ${links} links, ${conversations.length} conversations checked`;
  return { broken, summary };
}
