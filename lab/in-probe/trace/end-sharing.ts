/**
 * Runs in a probe that shares a host's process namespace, when the host's trace was killed: `node end-sharing.ts PROCESSOR
 * BEFORE` lets the programs that the trace had put on one processor run where they could before.
 */
import { endSharing } from './shared-processor.ts';

const [processor, before] = process.argv.slice(2);
if (processor && before) endSharing({ processor, before });
