import type { Tcp, TcpFlags, TcpOption } from '../../model/packet.ts';

/** A segment's sequence numbers relative to the first of its conversation, and how to make others so. */
interface RelativeNumbers {
  readonly sequence: number;
  readonly acknowledgment: number;
  relativeTo(number: number): number;
}

/** In the order in which people say them: SYN-ACK, FIN-ACK. */
const flagNames: readonly (keyof TcpFlags)[] = [
  'syn',
  'fin',
  'rst',
  'psh',
  'ack',
  'urg',
  'ece',
  'cwr',
  'ae',
];

/** `TCP SYN seq=0 win=64240 mss=1460`, with the numbers as sent where there are no relative ones. */
export function describeTcp(tcp: Tcp, relative?: RelativeNumbers): string {
  const { flags, window, urgentPointer, options } = tcp;
  const names = flagNames.filter((name) => flags[name]).map((name) => name.toUpperCase());
  const words = [
    'TCP',
    names.join('-') || '(no flags)',
    `seq=${relative?.sequence ?? tcp.sequenceNumber}`,
  ];
  if (flags.ack) words.push(`ack=${relative?.acknowledgment ?? tcp.acknowledgmentNumber}`);
  words.push(`win=${window}`);
  if (flags.urg) words.push(`urg=${urgentPointer}`);
  for (const option of options) words.push(describeOption(option, relative));
  return words.join(' ');
}

function describeOption(option: TcpOption, relative: RelativeNumbers | undefined): string {
  switch (option.kind) {
    case 'maximum-segment-size':
      return `mss=${option.bytes}`;
    case 'window-scale':
      return `wscale=${option.shift}`;
    case 'sack-permitted':
      return 'sackOK';
    case 'sack': {
      const number = (edge: number) => relative?.relativeTo(edge) ?? edge;
      const blocks = option.blocks.map(({ left, right }) => `${number(left)}-${number(right)}`);
      return `sack=${blocks.join(',')}`;
    }
    case 'timestamps':
      return `ts=${option.value},${option.echoReply}`;
    case 'unknown':
      return `option${option.number}=${option.data || 'empty'}`;
  }
}
