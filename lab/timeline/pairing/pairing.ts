/**
 * Phase 1: observations become steps as they come, in whatever order, and what is to be followed is put on the schedule.
 *
 * Here records are made, observed and moved, and hosts and captures become known. Conversations are only read, to guess which one a
 * packet is of; no link and no finding is made.
 */
import type {
  CaptureEvent,
  HostEvent,
  LabEvent,
  OmissionEvent,
  PacketEvent,
} from '../../model/event.ts';
import type { PairingContext } from '../known/context.ts';
import { isUp } from '../known/known-hosts.ts';
import { addressesOf, isGroup, isUnspecified } from '../packets/addresses.ts';
import { FaultRecord, HostRecord, LogRecord } from '../records/event-records.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Clock } from '../time/clock.ts';
import { CallPairing } from './call-pairing.ts';
import { PacketPairing } from './packet-pairing.ts';

export class Pairing {
  readonly packets: PacketPairing;
  readonly calls: CallPairing;
  readonly #context: PairingContext;
  readonly #schedule: Schedule;
  readonly #clock: Clock;

  constructor(context: PairingContext, schedule: Schedule, clock: Clock) {
    this.#context = context;
    this.#schedule = schedule;
    this.#clock = clock;
    this.packets = new PacketPairing(context, schedule, clock);
    this.calls = new CallPairing(context, schedule);
  }

  add(event: LabEvent, ns: number): void {
    const { store, hosts } = this.#context;
    switch (event.kind) {
      case 'packet':
        this.#packet(event, ns);
        break;
      case 'fate':
        this.packets.fate(event, ns);
        break;
      case 'call':
        this.calls.call(event, ns);
        break;
      case 'capture':
        this.#capture(event, ns);
        break;
      case 'omission':
        this.#omission(event, ns);
        break;
      case 'log':
        store.insert(new LogRecord(store, event, ns));
        break;
      case 'fault':
        hosts.learnFault(event);
        store.insert(new FaultRecord(store, event, ns));
        break;
      case 'host':
        this.#host(event, ns);
        break;
    }
  }

  #packet(event: PacketEvent, ns: number): void {
    const { host, direction, packet } = event;
    const { hosts, captures } = this.#context;
    const { from, to } = addressesOf(packet);
    captures.begin(host, ns);
    if (direction === 'in' && !isGroup(packet)) hosts.see(host, to);
    else if (direction === 'out' && !isUnspecified(from)) hosts.see(host, from);
    this.packets.packet(event, ns);
  }

  #capture({ host, change }: CaptureEvent, ns: number): void {
    const { captures } = this.#context;
    if (change === 'began') captures.begin(host, ns);
    else captures.end(host, ns);
    this.#schedule.add(ns, { what: `capture-${change}`, host });
  }

  #omission(event: OmissionEvent, ns: number): void {
    const fromNs = this.#clock.ns(event.sinceNs);
    if (fromNs !== undefined) this.#schedule.add(ns, { what: 'fates-omitted', event, fromNs });
  }

  /** A host's capture ends with its network; its trace may still report what happened before. */
  #host(event: HostEvent, ns: number): void {
    const { store, hosts, captures } = this.#context;
    const { host } = event;
    hosts.learn(event);
    if (!isUp(event)) {
      captures.end(host, ns);
      this.#schedule.add(ns, { what: 'host-gone', host });
    }
    store.insert(new HostRecord(store, event, ns));
  }
}
