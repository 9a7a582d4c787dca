import type { CallEvent } from '../../model/event.ts';
import type { Finding } from '../step.ts';
import { Clock } from '../time/clock.ts';
import { RecordBase, type RecordKeeper } from './record-base.ts';
import type { Socket } from './socket.ts';

/** A call, from its beginning to its return. */
export class CallRecord extends RecordBase {
  readonly kind = 'call';
  readonly beganNs: number;
  /** The host whose network its host has, and under whose name its packets are reported: itself, unless it shares that of another. */
  readonly network: string;
  call: CallEvent;
  socket: Socket | undefined;
  finding: Finding | undefined;
  /** How far it has been followed; `abandoned`: its host has gone before it returned. */
  phase: 'paired' | 'followed' | 'abandoned' = 'paired';

  constructor(
    keeper: RecordKeeper,
    event: CallEvent,
    { ns, network }: { readonly ns: number; readonly network: string },
  ) {
    super(keeper, event, ns);
    this.call = event;
    this.beganNs = ns;
    this.network = network;
  }

  /** Orders what happened in one nanosecond. */
  get tie(): string {
    return `${this.host} ${this.call.id}`;
  }

  /** It has returned, and what it did is still to be found out. */
  get isPreliminary(): boolean {
    return this.call.stage === 'returned' && this.phase === 'paired';
  }

  /** When it returned, as far as that is known. */
  get returnedNs(): number {
    return this.beganNs + (this.call.tookNs ?? 0);
  }

  /** It was made on this socket; an `accept` returned it. */
  setSocket(socket: Socket): void {
    this.socket = socket;
    this.changed();
  }

  returned(event: CallEvent): void {
    this.call = event;
    this.endNs = Clock.after(event.atNs, event.tookNs ?? 0);
    this.changed();
  }

  /** Adds what the event did not say, as that could be known only from packets. */
  supplement(known: Partial<CallEvent>): void {
    this.call = { ...known, ...this.call };
    this.changed();
  }

  find(finding: Finding): void {
    this.finding = finding;
    this.changed();
  }

  /** All packets are known that came before it returned. */
  finish(): void {
    this.phase = 'followed';
    this.changedAlone();
  }

  /** It will not return. */
  abandon(): void {
    this.phase = 'abandoned';
  }
}
