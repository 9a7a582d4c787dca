/**
 * The packets of one host, from its queue through the faults and back to the kernel.
 *
 *     Queue ──▶ Pipeline ──▶ verdicts, copies
 *       ▲          ▲  └─────▶ fates ──▶ WireOutput
 *       │        Alarm ◀── Agenda: when faults begin and end
 *     Paths
 */

import { aboutFault } from '../../model/about-fault.ts';
import type { FaultSettings } from '../../model/faults.ts';
import { Agenda } from './agenda.ts';
import { Alarm } from './alarm.ts';
import { ArrivalTimes } from './arrival-times.ts';
import { monotonicNs } from './clock.ts';
import { Copies } from './copies.ts';
import type { Sink } from './fates.ts';
import { HeldPackets } from './held-packets.ts';
import { mtuOfInterface } from './interface-mtu.ts';
import { identityOf, type WirePacket, wirePacket } from './packet.ts';
import { Pipeline } from './pipeline.ts';
import type { Queue } from './queue.ts';
import { ACCEPT, DROP, MAX_CHANGED, type QueuedPacket } from './queue-protocol.ts';
import { Reassembly } from './reassembly.ts';
import type { WireOutput } from './wire-output.ts';

/** Traffic that comes faster than it is taken would otherwise be taken without end. */
const TAKING_NS = 20e6;

export class Traffic {
  readonly pipeline: Pipeline;
  readonly held: HeldPackets;
  readonly agenda = new Agenda();
  readonly #queue: Queue;
  readonly #output: WireOutput;
  readonly #copies = new Copies();
  readonly #reassembly = new Reassembly();
  readonly #arrivalTimes = new ArrivalTimes();
  #passing: number | undefined;
  readonly #alarm = new Alarm(() => this.turn());

  constructor(queue: Queue, output: WireOutput) {
    this.#queue = queue;
    this.#output = output;
    this.pipeline = new Pipeline(this.#sink());
    this.held = new HeldPackets(this.pipeline);
    queue.start(this.#onPacket, () => this.turn());
  }

  get copiesFailed(): number {
    return this.#copies.failed;
  }

  /** Runs the tasks and releases the packets that are due, and sets the alarm for the next time. */
  turn(): void {
    const nowNs = monotonicNs();
    this.agenda.keep(nowNs);
    if (this.#reassembly.nextNs !== undefined) this.#passFragments(nowNs);
    this.pipeline.advance(nowNs);
    this.#queue.flush();
    for (const { nextNs } of [this.agenda, this.pipeline, this.#reassembly])
      this.#alarm.set(nextNs);
  }

  /** Takes what is in the queues, for a moment at most. @returns whether there was anything */
  takeAll(): boolean {
    let isAny = false;
    const onPacket = (packet: QueuedPacket) => {
      isAny = true;
      this.#onPacket(packet);
    };
    const untilNs = monotonicNs() + TAKING_NS;
    while (!this.#queue.drain(onPacket) && monotonicNs() < untilNs) this.turn();
    this.turn();
    return isAny;
  }

  /**
   * Accepts everything in one of the queues, as fast as the kernel can, and takes what is in the others.
   *
   * @returns whether there was anything; packets that came to that queue meanwhile are still in it
   */
  passAll(queue: number): boolean {
    this.#queue.acceptAll(queue);
    this.#passing = queue;
    const isAny = this.takeAll();
    this.#passing = undefined;
    return isAny;
  }

  /** Reassembly that wait no longer for others: without any fault they have nothing to wait for. */
  #passFragments(nowNs: number): void {
    const given = this.pipeline.faults.length > 0 ? nowNs : Number.POSITIVE_INFINITY;
    for (const one of this.#reassembly.giveUp(given)) this.pipeline.arrive(one, nowNs);
  }

  readonly #onPacket = (queued: QueuedPacket): void => {
    if (queued.queue === this.#passing) return;
    const nowNs = monotonicNs();
    // A packet that comes after the end of a fault does not meet it, however late the alarm is.
    if ((this.agenda.nextNs ?? Number.POSITIVE_INFINITY) <= nowNs) this.agenda.keep(nowNs);
    const packet = this.pipeline.faults.length > 0 ? this.#packet(queued, nowNs) : undefined;
    if (packet !== undefined) {
      const whole = this.#reassembly.take(packet, nowNs);
      if (whole !== undefined) this.pipeline.arrive(whole, nowNs);
    } else this.#queue.decide({ queue: queued.queue, id: queued.id, verdict: ACCEPT });
  };

  #packet(queued: QueuedPacket, arrivedNs: number): WirePacket | undefined {
    const arrivedAtNs = this.#arrivalTimes.next(queued.stampNs);
    return wirePacket(queued, { arrivedNs, arrivedAtNs }, mtuOfInterface);
  }

  #sink(): Sink {
    return {
      deliver: (packet) =>
        !piecesOf(packet)
          .map((piece) => this.#deliver(piece))
          .includes(false),
      lose: (packet) => {
        for (const { queue, id } of piecesOf(packet)) {
          if (id !== undefined) this.#queue.decide({ queue, id, verdict: DROP });
        }
      },
      note: (fate, fault, packet) => {
        if (fate === 'held') this.held.announce();
        const isChecksumFixed = fate === 'corrupted' && fixesChecksum(fault.settings);
        for (const piece of piecesOf(packet)) {
          this.#output.fate(fate, fault.id, () => ({
            arrivedAtNs: String(piece.arrivedAtNs),
            packet: identityOf(piece),
            ...(isChecksumFixed && { isChecksumFixed }),
          }));
        }
      },
      change: (change, { id, settings }) => {
        this.#output.fault({ ...aboutFault(id, settings), change });
      },
    };
  }

  /** @returns whether the kernel accepted it */
  #deliver(packet: WirePacket): boolean {
    const { queue, id, bytes, isChanged } = packet;
    if (id === undefined) {
      // The original must be delivered first.
      this.#queue.flush();
      return this.#copies.send(packet);
    }
    const isWritten = isChanged && bytes.length <= MAX_CHANGED;
    this.#queue.decide({ queue, id, verdict: ACCEPT, ...(isWritten && { bytes }) });
    return true;
  }
}

function fixesChecksum(settings: FaultSettings): boolean {
  return settings.kind === 'corrupt' && settings.fixChecksum === true;
}

function piecesOf(packet: WirePacket): readonly WirePacket[] {
  return packet.rest.length === 0 ? [packet] : [packet, ...packet.rest];
}
