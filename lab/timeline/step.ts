/**
 * What a timeline is made of: one thing that happened, from its cause to its effect. A call is one step from its beginning to its
 * return, a packet one step from its departure to its arrival.
 *
 * Steps stand in the order of their beginnings; a call that waits for others (`accept`, `read`) stands where it returned.
 *
 * A step is a value: when more is known of it, the timeline gives a new one under the same id.
 */

import type { CallEvent, FateEvent, FaultEvent, HostEvent, LogEvent } from '../model/event.ts';
import type { Packet } from '../model/packet.ts';

interface StepBase {
  /** The same as long as the timeline lasts; counts up in the order in which steps were begun. */
  readonly id: number;
  /** When it began: nanoseconds since 1970, in decimal. */
  readonly atNs: string;
  /** When it ended: a call returned, a packet arrived or was lost. None yet, or not seen: undefined. */
  readonly endNs?: string;
  /** The host at which it began. */
  readonly host: string;
  /** The conversation that it belongs to, by its id. */
  readonly conversation?: number;
  /** What it is in a few words: `connect(172.18.0.2:50000)`, `SYN`, `Echo: hello`. */
  readonly title: string;
  /** What happened and why, for somebody who learns it. */
  readonly sentence: string;
  /** The first 500 of them. */
  readonly links: readonly Link[];
}

/** Why two steps belong together; `to` is the other step's id. */
export interface Link {
  readonly to: number;
  readonly kind:
    | 'caused' // a call made the kernel send the packet; SYN was answered with SYN-ACK or RST
    | 'caused-by'
    | 'completed-by' // a packet let a call return: SYN-ACK a connect, data a read, the third ACK an accept
    | 'completed'
    | 'repeats' // a retransmission, and what it repeats
    | 'repeated-by'
    | 'reports' // an ICMP error, and the packet that it is about
    | 'reported-by';
}

export interface CallStep extends StepBase {
  readonly kind: 'call';
  /** As last told: waiting, or returned. */
  readonly call: CallEvent;
}

/** Where a packet is: seen leaving and not yet arriving, arrived, lost on the wire, or seen at one end only with no other capture there. */
export type Delivery = 'in-flight' | 'arrived' | 'lost' | 'unknown';

export interface PacketStep extends StepBase {
  readonly kind: 'packet';
  /** The host that sent it, or its address where no host of the lab has that. */
  readonly from: string;
  readonly to: string;
  readonly packet: Packet;
  readonly delivery: Delivery;
  /** It came damaged, and the receiver's kernel dropped it because of its checksum: there it ends, though it has arrived. */
  readonly isDropped?: true;
  /**
   * It was handed over with others in one piece (segmentation offload): that one as it was captured, and which of how many
   * packets this is, from 1.
   */
  readonly piece?: { readonly whole: Packet; readonly number: number; readonly count: number };
  /** How many packets of a real line carry it: more than one for a segment that was handed over in one piece. */
  readonly packetsOnLine?: number;
  /** It is the first of its conversation that was handed over in one piece with others. */
  readonly explainsOffload?: true;
  /** What an impaired wire did with it, in order. */
  readonly fates: readonly FateEvent['fate'][];
  /** Its host is traced, and no call of it made the kernel send this. */
  readonly isUnexplained?: true;
  /** It carries what an earlier packet carried. */
  readonly isRetransmission: boolean;
}

export interface LogStep extends StepBase {
  readonly kind: 'log';
  readonly log: LogEvent;
}

export interface FaultStep extends StepBase {
  readonly kind: 'fault';
  readonly fault: FaultEvent;
}

/** A host that has come, gone or changed. */
export interface HostStep extends StepBase {
  readonly kind: 'host';
  readonly state: HostEvent;
}

export type Step = CallStep | PacketStep | LogStep | FaultStep | HostStep;

/** A TCP connection, or the datagrams between two UDP endpoints with the ICMP errors about them. */
export interface Conversation {
  readonly id: number;
  readonly protocol: 'tcp' | 'udp';
  /** The side that began it. */
  readonly client: Party;
  readonly server: Party;
  readonly beganNs: string;
  /** Of its latest step. */
  readonly latestNs: string;
  /** `refused`: answered by RST or ICMP at once. `idle`: UDP that has been silent for a while. */
  readonly state: 'opening' | 'open' | 'closing' | 'closed' | 'reset' | 'refused' | 'idle';
  readonly packets: number;
  /** Bytes of the application, without those that were sent again. */
  readonly bytes: { readonly toServer: number; readonly toClient: number };
  readonly retransmissions: number;
  readonly lost: number;
  /** Its steps are no longer kept, only these figures. */
  readonly isSummedUp: boolean;
}

export interface Party {
  /** The host's name, or its address where no host of the lab has that. */
  readonly host: string;
  readonly address: string;
  readonly port: number;
}
