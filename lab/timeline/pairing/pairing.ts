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
} from '../../model/event.ts';
import { followCall, followReturn } from '../calls/follow-calls.ts';
import { followResult } from '../calls/follow-results.ts';
import { followCutOff, followExplanation } from '../calls/unexplained.ts';
import { waitsForOthers } from '../calls.ts';
import { followOmission } from '../follow-omission.ts';
import {
  followEnd,
  followMissing,
  followPacketArrival,
  followPacketSent,
} from '../follow-packets.ts';
import { assign, beganAt, type Context } from '../known/context.ts';
import { isUp } from '../known/known-hosts.ts';
import { addressesOf, fiveTupleOf, isGroup, isUnspecified } from '../packets/five-tuple.ts';
import { arrivalNs, settleDelivery } from '../records/delivery.ts';
import type { CallRecord, Observation, PacketRecord, StepRecord } from '../records/step-record.ts';
import { Clock } from '../time/clock.ts';
import type { Schedule } from '../time/schedule.ts';
import { isCutAgain } from '../udp/cut-again.ts';
import { segmentSize, sizeInRead } from '../udp/segment-size.ts';
import { OpenCalls } from './open-calls.ts';
import { PacketPairing } from './packet-pairing.ts';
import type { Pair } from './pair-up.ts';

/** In one nanosecond causes are before effects. */
const ranks = { call: 0, sent: 1, arrived: 2, returned: 3, result: 4, inferredOutcome: 5 } as const;
/** After so long without a trace a packet is taken to be lost. */
const MISSED_NS = 2e9;
/** What strace tells of a call's end is earlier than the end by so much at most. */
const JITTER_NS = 2e6;

export class Gathering {
  readonly #context: Context;
  readonly #schedule: Schedule;
  readonly #clock: Clock;
  readonly #passages: PacketPairing;
  readonly #calls = new OpenCalls();
  readonly #onBegun: (record: StepRecord) => void;
  #lastNs = Number.POSITIVE_INFINITY;

  /** @param onBegun told of each step that begins */
  constructor(
    context: Context,
    schedule: Schedule,
    clock: Clock,
    onBegun: (record: StepRecord) => void,
  ) {
    this.#onBegun = onBegun;
    this.#clock = clock;
    this.#context = context;
    this.#schedule = schedule;
    this.#passages = new PacketPairing({
      begin: (observation) => this.#beginPacket(observation),
      change: (record, pair) => this.#changePacket(record, pair),
      withdraw: (record) => context.store.forget(record),
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
    this.#schedule.add({ ns, rank: ranks.inferredOutcome, tie: host, happen });
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

  #beginPacket({ ns, atNs, host, packet }: Observation): PacketRecord {
    const { hosts, conversations } = this.#context;
    const { from, to } = addressesOf(packet);
    const record: PacketRecord = {
      ...this.#base({ atNs, host }, ns),
      ...{ kind: 'packet', packet, fates: [], delivery: 'in-flight', isRetransmission: false },
      ...{ from: hosts.nameOf(from), to: hosts.nameOf(to) },
      ...{ isSentFollowed: false, isArrivalFollowed: false, isLossCounted: false },
    };
    const tuple = fiveTupleOf(packet);
    const guess = tuple && conversations.find(tuple);
    if (guess && guess.state !== 'closed') assign(this.#context, record, guess);
    this.#insert(record);
    return record;
  }

  #changePacket(record: PacketRecord, { departure, arrival, fates }: Pair): void {
    const { store, hosts } = this.#context;
    const begins = departure ?? arrival ?? record.departure ?? record.arrival;
    if (begins === undefined) return;
    Object.assign(record, { departure, arrival, fates, packet: begins.packet, host: begins.host });
    record.atNs = begins.atNs;
    const { from, to } = addressesOf(begins.packet);
    record.from = departure?.host ?? hosts.nameOf(from);
    record.to = isGroup(begins.packet) ? to : (arrival?.host ?? hosts.nameOf(to));
    settleDelivery(this.#context, record);
    store.move(record, begins.ns);
    store.touch(record);
    const sent = () => this.#sent(record);
    this.#at(begins.ns, 'sent', record, sent);
    const arrivedNs = arrivalNs(record, (atNs) => this.#clock.ns(atNs));
    if (arrivedNs !== undefined) {
      this.#at(arrivedNs, 'arrived', record, () => followPacketArrival(this.#context, record));
    }
  }

  #sent(record: PacketRecord): void {
    if (record.isSentFollowed || record.isForgotten) return;
    const size = segmentSize(this.#context, this.#passages, record);
    if (size !== undefined && this.#passages.cut(record, size)) return;
    followPacketSent(this.#context, record);
    this.#at(beganAt(record).ns + JITTER_NS, 'result', record, () =>
      followExplanation(this.#context, record),
    );
    if (record.delivery !== 'in-flight') return;
    const ns = beganAt(record).ns + MISSED_NS;
    this.#at(ns, 'inferredOutcome', record, () => {
      if (ns <= this.#lastNs) followMissing(this.#context, record);
      else followEnd(this.#context, record);
    });
  }

  #call(event: CallEvent, ns: number): void {
    const known = this.#calls.find(event);
    const record = known ?? this.#beginCall(event, ns);
    const isNews = event.stage === 'returned' && record.call.stage !== 'returned';
    if (known && !isNews) return;
    if (known === undefined) {
      this.#calls.add(record);
      this.#at(ns, 'call', record, () => {
        this.#context.traced.learn(this.#context.hosts.networkOf(event.host), event, ns);
        followCall(this.#context, record);
      });
    }
    if (event.stage === 'returned') this.#returned(record, event, ns);
  }

  #beginCall(event: CallEvent, ns: number): CallRecord {
    const record: CallRecord = {
      ...this.#base(event, ns),
      kind: 'call',
      network: this.#context.hosts.networkOf(event.host),
      call: event,
      beganNs: ns,
      isReturnFollowed: false,
    };
    this.#insert(record);
    return record;
  }

  #returned(record: CallRecord, event: CallEvent, ns: number): void {
    const { store } = this.#context;
    const endNs = ns + (event.tookNs ?? 0);
    record.call = event;
    record.endNs = Clock.after(event.atNs, event.tookNs ?? 0);
    if (waitsForOthers(event)) store.move(record, endNs);
    store.touch(record);
    this.#at(endNs, 'returned', record, () => followReturn(this.#context, record));
    const resultNs = endNs + JITTER_NS;
    this.#at(resultNs, 'result', record, () => this.#result(record, resultNs));
  }

  #result(record: CallRecord, ns: number): void {
    const whole = sizeInRead(this.#context, record);
    if (whole && isCutAgain(this.#context, this.#passages, whole)) {
      // Behind its datagrams, which are followed first.
      this.#at(ns, 'result', record, () => this.#result(record, ns));
      return;
    }
    followResult(this.#context, record);
    this.#calls.forget(record.call);
  }

  #base({ atNs, host }: { atNs: string; host: string }, ns: number) {
    const id = this.#context.store.nextId();
    return { id, atNs, host, placeNs: ns, links: [], revision: 0, isForgotten: false };
  }

  #insert(record: StepRecord): void {
    this.#context.store.insert(record);
    this.#onBegun(record);
  }

  #at(ns: number, what: keyof typeof ranks, record: StepRecord, happen: () => void): void {
    const seen = record.kind === 'packet' ? (record.departure ?? record.arrival) : undefined;
    const tie = seen?.tie ?? (record.kind === 'call' ? `${record.host} ${record.call.id}` : '');
    this.#schedule.add({ ns, rank: ranks[what], tie, happen });
  }
}
