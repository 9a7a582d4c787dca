import type { Captures } from './captures.ts';
import type { Connects } from './connects.ts';
import type { ConversationDraft, Direction } from './conversation-draft.ts';
import type { Conversations } from './conversations.ts';
import type { Datagrams } from './datagrams.ts';
import type { CallDraft, Draft, PacketDraft } from './draft.ts';
import type { Ends } from './ends.ts';
import type { KnownHosts } from './known-hosts.ts';
import type { Ledger } from './ledger.ts';
import type { SocketErrors } from './socket-errors.ts';
import { isSpecified, type Sockets } from './sockets.ts';
import type { TracedHosts } from './traced-hosts.ts';

/** What the parts of a timeline share. */
export interface Context {
  readonly ledger: Ledger;
  readonly conversations: Conversations;
  readonly sockets: Sockets;
  readonly errors: SocketErrors;
  readonly connects: Connects;
  readonly hosts: KnownHosts;
  readonly captures: Captures;
  readonly datagrams: Datagrams;
  readonly traced: TracedHosts;
}

/** Puts a step into a conversation; out of another one, where that was a guess. */
export function assign(context: Context, draft: Draft, conversation: ConversationDraft): void {
  const { conversation: former } = draft;
  if (former === conversation || draft.isForgotten || conversation.isForgotten) return;
  draft.conversation = conversation;
  context.conversations.stepBegun(conversation);
  if (former) context.conversations.stepForgotten(former);
  context.ledger.touch(draft);
}

/** The direction of what comes from an end. */
export function directionFrom(
  { client, toServer, toClient }: ConversationDraft,
  from: Ends['from'],
): Direction {
  return client.address === from.address && client.port === from.port ? toServer : toClient;
}

export function opposite(
  { toServer, toClient }: ConversationDraft,
  direction: Direction,
): Direction {
  return direction === toServer ? toClient : toServer;
}

/** When the packet left, as far as that was seen. */
export function beganAt({ departure, arrival }: PacketDraft): { ns: number; atNs: string } {
  const { ns, atNs } = departure ?? arrival ?? { ns: 0, atNs: '0' };
  return { ns, atNs };
}

/** The direction in which the caller sends. */
export function directionOf(
  { hosts }: Context,
  draft: CallDraft,
  conversation: ConversationDraft,
): Direction {
  const { client, server, toServer, toClient } = conversation;
  const local = draft.socket?.local;
  if (local && isSpecified(local)) return directionFrom(conversation, local);
  const isServer = hosts.nameOf(server.address) === draft.network;
  return isServer && hosts.nameOf(client.address) !== draft.network ? toClient : toServer;
}
