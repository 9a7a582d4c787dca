import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { titleOf } from '../../explain/testing/words-of.ts';
import type { LabEvent } from '../../model/event.ts';
import { readRecording } from '../../model/recording.ts';
import type { CallStep, PacketStep, Step } from '../step.ts';
import { Timeline, type TimelineOptions } from '../timeline.ts';
import type { Scenario } from './programs.ts';

/** What `record.ts` made. */
export async function recorded(scenario: Scenario): Promise<LabEvent[]> {
  const file = new URL(`../recordings/${scenario}.jsonl.gz`, import.meta.url);
  return Array.fromAsync(readRecording([gunzipSync(readFileSync(file))]));
}

export function timelineOf(events: Iterable<LabEvent>, options?: TimelineOptions): Timeline {
  const timeline = new Timeline(options);
  for (const event of events) timeline.add(event);
  timeline.end();
  return timeline;
}

/** `client connect 172.18.0.2:50000`, `client>server SYN`: one line a step, of its conversations only. */
export function linesOf(steps: readonly Step[]): string[] {
  return steps.filter(({ conversation }) => conversation !== undefined).map(lineOf);
}

export function lineOf(step: Step): string {
  const where = step.kind === 'packet' ? `${step.from}>${step.to}` : step.host;
  const title = (titleOf(step) ?? '').replace(/\d+\.\d+\.\d+\.\d+:\d+/, 'ADDRESS');
  const delivery =
    step.kind === 'packet' && step.delivery !== 'arrived' ? ` (${step.delivery})` : '';
  return `${where} ${title}${delivery}`;
}

export function callsOf(steps: readonly Step[], name: string): CallStep[] {
  return steps.filter((step) => step.kind === 'call' && step.call.call === name) as CallStep[];
}

/** Of a conversation, so without what the link's own protocols send. */
export function packetsOf(steps: readonly Step[]): PacketStep[] {
  const isIt = (step: Step) => step.kind === 'packet' && step.conversation !== undefined;
  return steps.filter(isIt) as PacketStep[];
}

/** The steps that one has such a link with. */
export function linkedSteps(steps: readonly Step[], step: Step | undefined, kind: string): Step[] {
  const links = step?.links.filter((link) => link.kind === kind) ?? [];
  return links.flatMap(({ to }) => steps.find(({ id }) => id === to.id) ?? []);
}
