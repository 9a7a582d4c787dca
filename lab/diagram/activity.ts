import type { Scores } from '../timeline/cast/lane-deal.ts';
import { talkersOf, withPartners } from '../timeline/cast/talkers.ts';
import type { Step } from '../timeline/step.ts';
import { LruMap } from '../util/lru-map.ts';
import { msOf } from '../util/nanoseconds.ts';

/** After it a step counts half: longer than programs pause between two conversations. */
const HALF_LIFE_MS = 20_000;
/** A host that sends nothing for this long has stopped, however much it sent before. */
const SILENT_MS = 30_000;
/** The activity of a host that has stopped: more than that of one that never talked, and less than that of any active one. */
const STOPPED_SHARE = 1e-6;
/** Addresses of strangers may be without number. */
const REMEMBERED_MAX = 10_000;

interface Talk {
  readonly score: number;
  readonly latestMs: number;
  /** Whom it talked with last, as far as that is known. */
  readonly partner: string | undefined;
}

/** How much each host talks: its packets, of which the latest count most; its calls, where no packets are seen. */
export class Activity {
  readonly #talks = new LruMap<string, Talk>(REMEMBERED_MAX);
  #hasPackets = false;

  /** Steps come nearly in the order of time. */
  learn(step: Step): void {
    this.#hasPackets ||= step.kind === 'packet';
    if (step.kind === 'call' && this.#hasPackets) return;
    const atMs = msOf(step.atNs);
    const talkers = talkersOf(step);
    for (const host of talkers) {
      const { score = 0, latestMs = atMs } = this.#talks.peek(host) ?? {};
      const faded = score * fading(atMs - latestMs);
      const partner = talkers.find((other) => other !== host);
      this.#talks.set(host, { score: faded + 1, latestMs: Math.max(latestMs, atMs), partner });
    }
  }

  /** Of hosts that talk alike, those that talk with each other are neighbours. */
  scores(hosts: readonly string[], atMs: number): Scores {
    const ordered = withPartners(hosts, (host) => this.#talks.peek(host)?.partner);
    return new Map(ordered.map((host) => [host, this.#score(host, atMs)]));
  }

  #score(host: string, atMs: number): number {
    const talk = this.#talks.peek(host);
    if (talk === undefined) return 0;
    const silentMs = atMs - talk.latestMs;
    return talk.score * (silentMs < SILENT_MS ? fading(silentMs) : STOPPED_SHARE);
  }
}

function fading(ms: number): number {
  return 2 ** (-Math.max(0, ms) / HALF_LIFE_MS);
}
