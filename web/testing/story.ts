/** Events told by hand, with a clock that goes only when it is told to. */

import type { CallEvent, LabEvent, PacketIdentity } from '../../lab/index.ts';
import type { Call } from '../../lab/model/call.ts';
import type { FaultSettings } from '../../lab/model/faults.ts';
import { frame, type Segment } from './frames.ts';

export interface Teller {
  readonly name: string;
  readonly address: string;
  readonly role?: NonNullable<Extract<LabEvent, { kind: 'host' }>['role']>;
}

type CallWords = Call & Partial<Pick<CallEvent, 'socket' | 'data' | 'peer' | 'result' | 'error'>>;

export class Story {
  readonly events: LabEvent[] = [];
  #nowNs: bigint;
  #callId = 0;
  #ipId = 0;

  constructor(startNs = 1_790_000_000_000_000_000n) {
    this.#nowNs = startNs;
  }

  get atNs(): string {
    return String(this.#nowNs);
  }

  wait(ms: number): this {
    this.#nowNs += BigInt(Math.round(ms * 1e6));
    return this;
  }

  host({ name, address, role }: Teller): this {
    const state = { state: 'running', addresses: [address], ...(role && { role }) } as const;
    return this.#tell({ kind: 'host', host: name, ...state });
  }

  log(host: string, line: string): this {
    return this.#tell({ kind: 'log', host, line });
  }

  fault(host: string, change: 'applied' | 'healed', settings: FaultSettings): this {
    return this.#tell({ kind: 'fault', host, fault: 'loss-1', change, settings });
  }

  /** A packet that leaves and arrives after `flightMs`; a wire does something to it where the receiver has captured it. */
  packet(
    from: Teller,
    to: Teller,
    segment: Omit<Segment, 'from' | 'to' | 'ipId'>,
    { flightMs = 0.06, fate }: { flightMs?: number; fate?: 'lost' | 'held' | 'delayed' } = {},
  ): this {
    this.#ipId += 1;
    const ends = { from: from.address, to: to.address, ipId: this.#ipId };
    const packet = frame({ ...segment, ...ends });
    this.#tell({ kind: 'packet', host: from.name, direction: 'out', packet });
    this.wait(fate === undefined ? flightMs : 0.03);
    this.#tell({ kind: 'packet', host: to.name, direction: 'in', packet });
    if (fate === undefined) return this;
    const { fromPort, toPort, tcp } = segment;
    const identity: PacketIdentity = {
      ...ends,
      fromPort,
      toPort,
      protocol: tcp ? 'tcp' : 'udp',
      ...(tcp && { tcpSequence: tcp.sequence }),
      length: packet.ipv4?.totalLength ?? 0,
    };
    const decided = {
      kind: 'fate',
      host: to.name,
      fault: 'loss-1',
      arrivedAtNs: String(this.#nowNs),
      packet: identity,
    } as const;
    this.wait(0.01).#tell({ ...decided, fate });
    if (fate !== 'delayed') return this;
    return this.wait(flightMs).#tell({ ...decided, fate: 'delivered' });
  }

  /** A call that begins to wait. @returns what has it return. */
  waiting(
    host: string,
    words: CallWords,
  ): (returned: Partial<Omit<CallWords, 'call' | 'arguments'>>) => void {
    this.#callId += 1;
    const call = {
      kind: 'call',
      host,
      id: this.#callId,
      process: { pid: 7, name: 'node' },
    } as const;
    const began = this.#nowNs;
    this.events.push({ ...call, ...words, stage: 'waiting', atNs: String(began) });
    return (returned) => {
      const tookNs = Number(this.#nowNs - began);
      const atNs = String(began);
      this.events.push({ ...call, ...words, ...returned, stage: 'returned', tookNs, atNs });
    };
  }

  /** A call that returns after `tookMs`. */
  call(host: string, words: CallWords, tookMs = 0.01): this {
    const begun = this.#nowNs;
    this.#callId += 1;
    this.events.push({
      ...words,
      kind: 'call',
      host,
      atNs: String(begun),
      id: this.#callId,
      stage: 'returned',
      process: { pid: 7, name: 'node' },
      tookNs: Math.round(tookMs * 1e6),
    });
    return this.wait(tookMs);
  }

  #tell(event: DistributiveOmit<LabEvent, 'atNs'>): this {
    this.events.push({ ...event, atNs: this.atNs } as LabEvent);
    return this;
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
