/** Options of the verbs that are about some of the packets on a path. */
import { Option } from 'commander';
import { PORT } from '../lab/model/fault-ranges.ts';
import { numberOption } from './amount-option.ts';

export const protocolOption = () =>
  new Option('--protocol <name>', 'only this protocol').choices(['tcp', 'udp', 'icmp']);

export const portOption = () =>
  numberOption('--port <number>', 'only packets from or to this port', PORT);

export const networkOption = () =>
  new Option('--network <name>', 'only on this network; default: all that both hosts are on');
