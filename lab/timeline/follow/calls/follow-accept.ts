import type { Context } from '../../known/context.ts';
import { isSpecified, plain } from '../../packets/endpoints.ts';
import type { CallRecord } from '../../records/call-record.ts';
import type { ConversationRecord } from '../../records/conversation-record.ts';
import type { Socket } from '../../records/socket.ts';

/**
 * To be called when an `accept` has returned: the socket that it returns belongs to a conversation. Once more, if that is not known
 * by then.
 *
 * @returns the calls of that socket which waited for this
 */
export function onAcceptReturned(context: Context, record: CallRecord): CallRecord[] {
  const socket = record.socket ?? begin(context, record);
  if (socket === undefined) return [];
  const conversation = find(context, record, socket);
  if (conversation === undefined) return [];
  conversation.isAccepted = true;
  socket.conversation = conversation;
  socket.protocol = 'tcp';
  socket.remote ??= conversation.client;
  record.supplement({ peer: conversation.client });
  record.assignTo(conversation);
  return socket.accept ? takeEarly(socket) : [];
}

function begin({ sockets }: Context, record: CallRecord): Socket | undefined {
  const { call } = record;
  if (call.error !== undefined || call.socket === undefined) return undefined;
  // The descriptor is a new one, whatever had its number before.
  sockets.end(call);
  const socket = sockets.of(call);
  if (socket === undefined) return undefined;
  record.setSocket(socket);
  if (call.peer) socket.remote ??= plain(call.peer);
  return socket;
}

function find(
  context: Context,
  record: CallRecord,
  socket: Socket,
): ConversationRecord | undefined {
  const { conversations, acceptQueues } = context;
  const { local, remote } = socket;
  if (remote === undefined) {
    // The program did not ask for its peer, and closed the socket before anybody else could.
    socket.accept = record;
    return local && acceptQueues.first(record.network, local.port, record.endNs ?? record.atNs);
  }
  return local && isSpecified(local)
    ? conversations.find({ protocol: 'tcp', from: remote, to: local })
    : conversations.findByPeer('tcp', record.network, remote);
}

function takeEarly(socket: Socket): CallRecord[] {
  socket.accept = undefined;
  return socket.early.splice(0);
}
