/** To be imported first, before what an older Node does not have: it says so in a line. */
import { nodeTrouble } from './util/node-version.ts';

const trouble = nodeTrouble(process.versions.node);
if (trouble !== undefined) throw new Error(trouble);
