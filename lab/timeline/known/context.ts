import { isSpecified } from '../packets/endpoints.ts';
import type { CallRecord } from '../records/call-record.ts';
import type { ConversationRecord, Direction } from '../records/conversation-record.ts';
import type { StepStore } from '../store/step-store.ts';
import type { AcceptQueues } from './accept-queues.ts';
import type { Captures } from './captures.ts';
import type { Connects } from './connects.ts';
import type { Conversations } from './conversations.ts';
import type { Fragments } from './fragments.ts';
import type { KnownHosts } from './known-hosts.ts';
import type { Sendings } from './sendings.ts';
import type { SocketErrors } from './socket-errors.ts';
import type { Sockets } from './sockets.ts';
import type { TracedHosts } from './traced-hosts.ts';

/** What pairing (phase 1) may use: it makes records, and learns of hosts and captures. Conversations it may only look up. */
export interface PairingContext {
  readonly store: StepStore;
  readonly hosts: KnownHosts;
  readonly captures: Captures;
  readonly conversations: Pick<Conversations, 'find'>;
}

/** What followers (phase 3) may use: they keep the rest. Of hosts and captures they may only ask. */
export interface Context {
  readonly store: Pick<StepStore, 'after' | 'forget'>;
  readonly hosts: Pick<KnownHosts, 'nameOf' | 'addressesOf' | 'senderOf'>;
  readonly captures: Pick<Captures, 'covers'>;
  readonly conversations: Conversations;
  readonly sockets: Sockets;
  readonly sendings: Sendings;
  readonly errors: SocketErrors;
  readonly connects: Connects;
  readonly fragments: Fragments;
  readonly traced: TracedHosts;
  readonly acceptQueues: AcceptQueues;
}

/** The direction in which the caller sends. */
export function directionOf(
  { hosts }: Context,
  record: CallRecord,
  conversation: ConversationRecord,
): Direction {
  const { client, server, toServer, toClient } = conversation;
  const local = record.socket?.local;
  if (local && isSpecified(local)) return conversation.directionFrom(local);
  const isServer = hosts.nameOf(server.address) === record.network;
  return isServer && hosts.nameOf(client.address) !== record.network ? toClient : toServer;
}
