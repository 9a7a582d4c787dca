import { mkdirSync, writeFileSync } from 'node:fs';
import type { Host } from './host.ts';

const FOLDER = `${import.meta.dirname}/../../test-results/output`;

/** Keeps what the hosts of a failed test have printed, in `test-results/output/`. */
export function saveOutput(test: string, hosts: readonly Host[]): void {
  mkdirSync(FOLDER, { recursive: true });
  const file = `${FOLDER}/${test.replaceAll(/[^\w]+/g, '-')}.log`;
  const parts = hosts.map(({ name, lines }) => `== ${name}\n${lines.join('\n')}\n`);
  writeFileSync(file, parts.join('\n'));
}
