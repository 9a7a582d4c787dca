import type { Context } from '../../known/context.ts';
import { isSpecified, plain } from '../../packets/endpoints.ts';
import type { CallRecord } from '../../records/call-record.ts';

/** To be called when an `accept` has returned: the socket that it returns belongs to a conversation. */
export function onAcceptReturned(context: Context, record: CallRecord): void {
  const { call } = record;
  const { conversations } = context;
  if (call.error !== undefined || call.socket === undefined) return;
  // The descriptor is a new one, whatever had its number before.
  context.sockets.end(call);
  const socket = context.sockets.of(call);
  if (socket === undefined) return;
  record.setSocket(socket);
  if (call.peer) socket.remote ??= plain(call.peer);
  const { local, remote } = socket;
  if (remote === undefined) {
    socket.accept = record;
    return;
  }
  const isWhole = local !== undefined && isSpecified(local);
  const conversation = isWhole
    ? conversations.find({ protocol: 'tcp', from: remote, to: local })
    : conversations.findByPeer('tcp', record.network, remote);
  if (conversation === undefined) return;
  socket.conversation = conversation;
  socket.protocol = 'tcp';
  record.assignTo(conversation);
}
