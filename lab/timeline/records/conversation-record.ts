import type { Endpoint } from '../../model/event.ts';
import type { Conversation } from '../step.ts';
import type { CallRecord, PacketRecord } from './step-record.ts';
import type { TcpDirection } from './tcp-direction.ts';

/** A conversation while it grows. */
export interface ConversationRecord {
  readonly id: number;
  readonly key: string;
  readonly protocol: 'tcp' | 'udp';
  readonly client: Endpoint;
  readonly server: Endpoint;
  beganAtNs: string;
  readonly beganNs: number;
  latestAtNs: string;
  latestNs: number;
  state: Conversation['state'];
  packets: number;
  lost: number;
  retransmissions: number;
  readonly toServer: Direction;
  readonly toClient: Direction;
  /** Of its steps, how many are kept. */
  stepsKept: number;
  isSummedUp: boolean;
  isForgotten: boolean;
  revision: number;
  value?: Conversation | undefined;
  /** It has been told what segmentation offload is. */
  isOffloadExplained?: boolean;
  connect?: CallRecord | undefined;
  synAck?: PacketRecord | undefined;
  thirdAck?: PacketRecord | undefined;
  /** The latest error about it: an ICMP error, or RST. */
  error?: PacketRecord | undefined;
}

/** One of the two directions of a conversation. */
export interface Direction {
  /** Application bytes, each counted once. */
  bytes: number;
  readonly tcp: TcpDirection;
  /** The latest segment. */
  latest?: PacketRecord | undefined;
  /** Fragments that have arrived, and that no call has got yet. */
  readonly unread: PacketRecord[];
  /** The latest datagrams, for the errors about them. */
  readonly sent: PacketRecord[];
}
