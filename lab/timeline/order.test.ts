import { expect, test } from 'vitest';
import type { LabEvent } from '../model/event.ts';
import { randomStream } from '../util/random.ts';
import type { Step } from './step.ts';
import type { Scenario } from './testing/programs.ts';
import { recorded, timelineOf } from './testing/recorded.ts';
import { Timeline } from './timeline.ts';

const LATENESS_MS = 1000;
const scenarios: Scenario[] = [
  'half-close',
  'lost-syn',
  'lost-data',
  'reset',
  'refused',
  'udp',
  'fragments',
  'large',
  'large-lost',
  'segmented',
  'segmented-lost',
  'gathered',
  'refused-datagrams',
];

/** When it came to be known: a call when it returned. */
function knownNs(event: LabEvent): bigint {
  const took = event.kind === 'call' && event.stage === 'returned' ? (event.tookNs ?? 0) : 0;
  return BigInt(event.atNs) + BigInt(took);
}

/** Each event comes up to `LATENESS_MS` late, as drawn from a seed. */
function shuffled(events: readonly LabEvent[], seed: string): LabEvent[] {
  const random = randomStream(seed, 'order');
  const late = events.map((event) => ({
    event,
    ns: knownNs(event) + BigInt(Math.floor(random() * LATENESS_MS * 1e6)),
  }));
  return late.sort((a, b) => (a.ns < b.ns ? -1 : 1)).map(({ event }) => event);
}

/** Steps without their ids, which tell who came first; the links by place. */
function withoutIds(steps: readonly Step[], ids = new Map<number, number>()) {
  for (const [place, { id }] of steps.entries()) ids.set(id, place);
  return steps.map(({ id, conversation, links, ...rest }) => ({
    ...rest,
    conversation: conversation !== undefined,
    links: links.map(({ to, kind }) => `${kind} ${ids.get(to.id)}`).sort(),
  }));
}

test.each(scenarios)(
  'late events of %s give the same steps as in order, whatever their order',
  async (name) => {
    const events = await recorded(name);
    const inOrder = [...events].sort((a, b) => (knownNs(a) < knownNs(b) ? -1 : 1));
    const expected = timelineOf(inOrder, { latenessMs: LATENESS_MS });
    for (let round = 0; round < 25; round += 1) {
      const timeline = timelineOf(shuffled(events, `${name} ${round}`), {
        latenessMs: LATENESS_MS,
      });
      expect(withoutIds(timeline.steps), `round ${round}`).toEqual(withoutIds(expected.steps));
      expect(timeline.conversations).toEqual(expected.conversations);
    }
  },
);

test.each(scenarios)('the settled steps of %s are all steps, once, in time order', async (name) => {
  const timeline = new Timeline({ latenessMs: LATENESS_MS });
  const taken: Step[] = [];
  for (const event of shuffled(await recorded(name), name)) {
    timeline.add(event);
    taken.push(...timeline.takeSettled());
  }
  timeline.end();
  taken.push(...timeline.takeSettled());
  expect(taken).toEqual(timeline.steps);
  expect(timeline.takeSettled()).toEqual([]);
});

test.each(scenarios)(
  'a renderer of %s that takes only changes has all steps in the end',
  async (name) => {
    const timeline = new Timeline();
    const shown = new Map<number, Step>();
    let revision = 0;
    const update = () => {
      const changes = timeline.changedSince(revision);
      for (const step of changes.steps) shown.set(step.id, step);
      for (const id of changes.forgotten) shown.delete(id);
      revision = changes.revision;
    };
    for (const event of shuffled(await recorded(name), name)) {
      timeline.add(event);
      update();
    }
    timeline.end();
    update();
    expect(shown).toEqual(new Map(timeline.steps.map((step) => [step.id, step])));
    expect(timeline.changedSince(revision).steps).toEqual([]);
  },
);
