import type { CallStep } from '../../lab/index.ts';
import { DNS_PORT } from '../roles/clients/elsewhere.ts';

/** Whether a call is that of a resolver, which libraries make for the program. */
export const isOfResolver = ({ call: { peer, socket } }: CallStep): boolean =>
  peer?.port === DNS_PORT || socket?.remote?.port === DNS_PORT;
