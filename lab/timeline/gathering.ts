/** Makes steps of events, as they come, and notes when their meaning is to be told. */
import type {
  CallEvent,
  CaptureEvent,
  FaultEvent,
  HostEvent,
  LabEvent,
  LogEvent,
  OmissionEvent,
  PacketEvent,
} from '../model/event.ts';
import { waitsForOthers } from './calls.ts';
import { Clock } from './clock.ts';
import { assign, beganAt, type Context } from './context.ts';
import { isCutAgain } from './cut-again.ts';
import type { CallDraft, Draft, PacketDraft, Sighting } from './draft.ts';
import { addressesOf, endsOf, isGroup, isUnspecified } from './ends.ts';
import { followCall, followReturn } from './follow-calls.ts';
import { followOmission } from './follow-omission.ts';
import {
  followEnd,
  followPacketArrival,
  followPacketSent,
  followVerdict,
} from './follow-packets.ts';
import { followResult } from './follow-results.ts';
import { followCutOff, followExplanation } from './follow-unexplained.ts';
import { isUp } from './known-hosts.ts';
import type { Moments } from './moments.ts';
import { OpenCalls } from './open-calls.ts';
import type { Pair } from './pairing.ts';
import { arrivalNs, settlePassage } from './passage-of.ts';
import { Passages } from './passages.ts';
import { segmentSize, sizeInRead } from './segment-size.ts';

/** In one nanosecond causes are before effects. */
const ranks = { call: 0, sent: 1, arrived: 2, returned: 3, result: 4, verdict: 5 } as const;
/** After so long without a trace a packet is taken to be lost. */
const VERDICT_NS = 2e9;
/** What strace tells of a call's end is earlier than the end by so much at most. */
const JITTER_NS = 2e6;

export class Gathering {
  readonly #context: Context;
  readonly #moments: Moments;
  readonly #clock: Clock;
  readonly #passages: Passages;
  readonly #calls = new OpenCalls();
  readonly #onBegun: (draft: Draft) => void;
  #lastNs = Number.POSITIVE_INFINITY;

  /** @param onBegun told of each step that begins */
  constructor(context: Context, moments: Moments, clock: Clock, onBegun: (draft: Draft) => void) {
    this.#onBegun = onBegun;
    this.#clock = clock;
    this.#context = context;
    this.#moments = moments;
    this.#passages = new Passages({
      begin: (sighting) => this.#beginPacket(sighting),
      change: (draft, pair) => this.#changePacket(draft, pair),
      withdraw: (draft) => context.ledger.forget(draft),
    });
  }

  add(event: LabEvent, ns: number): void {
    if (event.kind === 'packet') this.#packet(event, ns);
    else if (event.kind === 'fate') this.#passages.fate(event, ns);
    else if (event.kind === 'call') this.#call(event, ns);
    else if (event.kind === 'capture') this.#capture(event, ns);
    else if (event.kind === 'omission') this.#omission(event, ns);
    else this.#other(event, ns);
  }

  /** Nothing is known of what came after `lastNs`. */
  end(lastNs: number): void {
    this.#lastNs = lastNs;
  }

  #other(event: LogEvent | FaultEvent | HostEvent, ns: number): void {
    const base = this.#base(event, ns);
    if (event.kind === 'fault') this.#context.hosts.learnFault(event);
    if (event.kind === 'log') this.#insert({ ...base, kind: 'log', log: event });
    else if (event.kind === 'fault') this.#insert({ ...base, kind: 'fault', fault: event });
    else if (event.kind === 'host') {
      this.#context.hosts.learn(event);
      if (!isUp(event)) this.#hostGone(event, ns);
      this.#insert({ ...base, kind: 'host', state: event });
    }
  }

  /** Its network goes with it, and with that whoever looked there; its trace may still tell what happened before. */
  #hostGone({ host }: HostEvent, ns: number): void {
    this.#context.captures.ends(host, ns);
    this.#later(ns, host, () => {
      this.#calls.forgetOf(host, ns);
      this.#context.traced.end(host, ns);
      followCutOff(this.#context, host);
    });
  }

  #capture({ host, change }: CaptureEvent, ns: number): void {
    const { captures, traced } = this.#context;
    captures[change === 'began' ? 'looks' : 'ends'](host, ns);
    // A host that starts again at once need not be told to have ended: it is another run that is looked at then.
    this.#later(ns, host, () => {
      if (change === 'began') followCutOff(this.#context, host);
      else traced.end(host, ns);
    });
  }

  #omission(event: OmissionEvent, ns: number): void {
    const fromNs = this.#clock.ns(event.sinceNs);
    if (fromNs === undefined) return;
    this.#later(ns, event.host, () => followOmission(this.#context, event, { fromNs, toNs: ns }));
  }

  /** When all is known of what happened by then. */
  #later(ns: number, host: string, happen: () => void): void {
    this.#moments.add({ ns, rank: ranks.verdict, tie: host, happen });
  }

  #packet(event: PacketEvent, ns: number): void {
    const { host, direction, packet } = event;
    const { hosts, captures } = this.#context;
    const { from, to } = addressesOf(packet);
    captures.looks(host, ns);
    if (direction === 'in' && !isGroup(packet)) hosts.see(host, to);
    else if (direction === 'out' && !isUnspecified(from)) hosts.see(host, from);
    this.#passages.packet(event, ns);
  }

  #beginPacket({ ns, atNs, host, packet }: Sighting): PacketDraft {
    const { hosts, conversations } = this.#context;
    const { from, to } = addressesOf(packet);
    const draft: PacketDraft = {
      ...this.#base({ atNs, host }, ns),
      ...{ kind: 'packet', packet, fates: [], passage: 'under way', isRetransmission: false },
      ...{ from: hosts.nameOf(from), to: hosts.nameOf(to) },
      ...{ isSentFollowed: false, isArrivalFollowed: false, isLossCounted: false },
    };
    const ends = endsOf(packet);
    const guess = ends && conversations.find(ends);
    if (guess && guess.state !== 'closed') assign(this.#context, draft, guess);
    this.#insert(draft);
    return draft;
  }

  #changePacket(draft: PacketDraft, { departure, arrival, fates }: Pair): void {
    const { ledger, hosts } = this.#context;
    const begins = departure ?? arrival ?? draft.departure ?? draft.arrival;
    if (begins === undefined) return;
    Object.assign(draft, { departure, arrival, fates, packet: begins.packet, host: begins.host });
    draft.atNs = begins.atNs;
    const { from, to } = addressesOf(begins.packet);
    draft.from = departure?.host ?? hosts.nameOf(from);
    draft.to = isGroup(begins.packet) ? to : (arrival?.host ?? hosts.nameOf(to));
    settlePassage(this.#context, draft);
    ledger.move(draft, begins.ns);
    ledger.touch(draft);
    const sent = () => this.#sent(draft);
    this.#at(begins.ns, 'sent', draft, sent);
    const arrivedNs = arrivalNs(draft, (atNs) => this.#clock.ns(atNs));
    if (arrivedNs !== undefined) {
      this.#at(arrivedNs, 'arrived', draft, () => followPacketArrival(this.#context, draft));
    }
  }

  #sent(draft: PacketDraft): void {
    if (draft.isSentFollowed || draft.isForgotten) return;
    const size = segmentSize(this.#context, this.#passages, draft);
    if (size !== undefined && this.#passages.cut(draft, size)) return;
    followPacketSent(this.#context, draft);
    this.#at(beganAt(draft).ns + JITTER_NS, 'result', draft, () =>
      followExplanation(this.#context, draft),
    );
    if (draft.passage !== 'under way') return;
    const ns = beganAt(draft).ns + VERDICT_NS;
    this.#at(ns, 'verdict', draft, () => {
      if (ns <= this.#lastNs) followVerdict(this.#context, draft);
      else followEnd(this.#context, draft);
    });
  }

  #call(event: CallEvent, ns: number): void {
    const known = this.#calls.find(event);
    const draft = known ?? this.#beginCall(event, ns);
    const isNews = event.stage === 'returned' && draft.call.stage !== 'returned';
    if (known && !isNews) return;
    if (known === undefined) {
      this.#calls.add(draft);
      this.#at(ns, 'call', draft, () => {
        this.#context.traced.learn(this.#context.hosts.networkOf(event.host), event, ns);
        followCall(this.#context, draft);
      });
    }
    if (event.stage === 'returned') this.#returned(draft, event, ns);
  }

  #beginCall(event: CallEvent, ns: number): CallDraft {
    const draft: CallDraft = {
      ...this.#base(event, ns),
      kind: 'call',
      network: this.#context.hosts.networkOf(event.host),
      call: event,
      beganNs: ns,
      isReturnFollowed: false,
    };
    this.#insert(draft);
    return draft;
  }

  #returned(draft: CallDraft, event: CallEvent, ns: number): void {
    const { ledger } = this.#context;
    const endNs = ns + (event.tookNs ?? 0);
    draft.call = event;
    draft.endNs = Clock.after(event.atNs, event.tookNs ?? 0);
    if (waitsForOthers(event)) ledger.move(draft, endNs);
    ledger.touch(draft);
    this.#at(endNs, 'returned', draft, () => followReturn(this.#context, draft));
    const resultNs = endNs + JITTER_NS;
    this.#at(resultNs, 'result', draft, () => this.#result(draft, resultNs));
  }

  #result(draft: CallDraft, ns: number): void {
    const whole = sizeInRead(this.#context, draft);
    if (whole && isCutAgain(this.#context, this.#passages, whole)) {
      // Behind its datagrams, which are followed first.
      this.#at(ns, 'result', draft, () => this.#result(draft, ns));
      return;
    }
    followResult(this.#context, draft);
    this.#calls.forget(draft.call);
  }

  #base({ atNs, host }: { atNs: string; host: string }, ns: number) {
    const id = this.#context.ledger.nextId();
    return { id, atNs, host, placeNs: ns, links: [], revision: 0, isForgotten: false };
  }

  #insert(draft: Draft): void {
    this.#context.ledger.insert(draft);
    this.#onBegun(draft);
  }

  #at(ns: number, what: keyof typeof ranks, draft: Draft, happen: () => void): void {
    const seen = draft.kind === 'packet' ? (draft.departure ?? draft.arrival) : undefined;
    const tie = seen?.tie ?? (draft.kind === 'call' ? `${draft.host} ${draft.call.id}` : '');
    this.#moments.add({ ns, rank: ranks[what], tie, happen });
  }
}
