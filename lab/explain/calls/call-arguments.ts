import type { OptionValue, TransferArguments } from '../../model/call.ts';
import { isSend } from '../../model/call-facts.ts';
import { endpointText } from '../../model/endpoint-text.ts';
import type { CallEvent } from '../../model/event.ts';

/** The arguments of a call as a learner would write them: `AF_INET, SOCK_STREAM`, `SO_REUSEADDR, 1`, `SHUT_WR`. */
export function argumentsText(event: CallEvent): string {
  switch (event.call) {
    case 'socket': {
      const { family = '', type = '', flags = [] } = event.arguments;
      // Most programs set it, and it has nothing to do with the network.
      const others = flags.filter((flag) => flag !== 'SOCK_CLOEXEC');
      return `${family}, ${[type, ...others].join('|')}`;
    }
    case 'bind':
    case 'connect':
      return localText(event) ?? event.arguments.family ?? '';
    case 'listen':
      return localText(event) ?? String(event.arguments.backlog ?? '');
    case 'shutdown':
      return event.arguments.how ?? '';
    case 'setsockopt':
    case 'getsockopt': {
      const { option, value } = event.arguments;
      return [option, value && valueText(value)].filter(Boolean).join(', ');
    }
    case 'io_uring':
      return event.arguments.systemCall ?? '';
    case 'accept':
    case 'close':
      return '';
    default:
      return transferText(event.arguments, isSend(event));
  }
}

/** Of a socket that was there before its trace, whose call was not seen. */
function localText({ stage, socket }: CallEvent): string | undefined {
  return stage === 'present' && socket?.local ? endpointText(socket.local) : undefined;
}

function valueText(value: OptionValue): string {
  switch (value.kind) {
    case 'number':
      return String(value.number);
    case 'linger':
      return value.isOn ? `on, ${value.seconds} s` : 'off';
    case 'timeout':
      return value.timeoutMs === 0 ? 'no limit' : `${value.timeoutMs / 1000} s`;
    case 'error':
      return value.error ?? '0';
    case 'raw':
      return value.text;
  }
}

function transferText(
  { requestedBytes, requestedMessages, flags = [] }: TransferArguments,
  isOut: boolean,
): string {
  if (requestedBytes === undefined) return flags.join('|');
  const messages = requestedMessages === undefined ? '' : ` in ${requestedMessages} messages`;
  const bytes = `${isOut ? '' : 'up to '}${requestedBytes} bytes${messages}`;
  return [bytes, flags.join('|')].filter(Boolean).join(', ');
}
