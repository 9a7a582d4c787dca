/**
 * Runs in a probe that shares a host's process namespace, when the host's trace was killed: `node end-sharing.ts PROCESSOR
 * BEFORE` restores the processors of the programs that the trace had moved to one.
 */
import { endSharing } from './shared-processor.ts';

const [processor, before] = process.argv.slice(2);
if (processor && before) endSharing({ processor, before });
