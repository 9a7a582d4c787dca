#!/usr/bin/env node
/** The command of the package. An older Node could not even load the rest. */
import { nodeTrouble } from '../lab/util/node-version.ts';

const trouble = nodeTrouble(process.versions.node);
if (trouble === undefined) {
  await import('./main.ts');
} else {
  console.error(trouble);
  process.exitCode = 2;
}
