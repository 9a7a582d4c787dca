import type { FiveTuple } from '../packets/five-tuple.ts';
import type { ConversationRecord, Direction } from '../records/conversation-record.ts';
import type { CallRecord, PacketRecord, StepRecord } from '../records/step-record.ts';
import type { StepStore } from '../store/step-store.ts';
import type { Captures } from './captures.ts';
import type { Connects } from './connects.ts';
import type { Conversations } from './conversations.ts';
import type { Fragments } from './fragments.ts';
import type { KnownHosts } from './known-hosts.ts';
import type { SocketErrors } from './socket-errors.ts';
import { isSpecified, type Sockets } from './sockets.ts';
import type { TracedHosts } from './traced-hosts.ts';

/** What the parts of a timeline share. */
export interface Context {
  readonly store: StepStore;
  readonly conversations: Conversations;
  readonly sockets: Sockets;
  readonly errors: SocketErrors;
  readonly connects: Connects;
  readonly hosts: KnownHosts;
  readonly captures: Captures;
  readonly fragments: Fragments;
  readonly traced: TracedHosts;
}

/** Puts a step into a conversation; out of another one, where that was a guess. */
export function assign(
  context: Context,
  record: StepRecord,
  conversation: ConversationRecord,
): void {
  const { conversation: former } = record;
  if (former === conversation || record.isForgotten || conversation.isForgotten) return;
  record.conversation = conversation;
  context.conversations.stepBegun(conversation);
  if (former) context.conversations.stepForgotten(former);
  context.store.touch(record);
}

/** The direction of what comes from an end. */
export function directionFrom(
  { client, toServer, toClient }: ConversationRecord,
  from: FiveTuple['from'],
): Direction {
  return client.address === from.address && client.port === from.port ? toServer : toClient;
}

export function opposite(
  { toServer, toClient }: ConversationRecord,
  direction: Direction,
): Direction {
  return direction === toServer ? toClient : toServer;
}

/** When the packet left, as far as that was seen. */
export function beganAt({ departure, arrival }: PacketRecord): { ns: number; atNs: string } {
  const { ns, atNs } = departure ?? arrival ?? { ns: 0, atNs: '0' };
  return { ns, atNs };
}

/** The direction in which the caller sends. */
export function directionOf(
  { hosts }: Context,
  record: CallRecord,
  conversation: ConversationRecord,
): Direction {
  const { client, server, toServer, toClient } = conversation;
  const local = record.socket?.local;
  if (local && isSpecified(local)) return directionFrom(conversation, local);
  const isServer = hosts.nameOf(server.address) === record.network;
  return isServer && hosts.nameOf(client.address) !== record.network ? toClient : toServer;
}
