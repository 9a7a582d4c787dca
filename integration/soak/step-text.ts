import { titleOf } from '../../lab/explain/testing/words-of.ts';
import type { Step } from '../../lab/index.ts';
import { between } from '../../lab/util/nanoseconds.ts';

/** `#812 at 3.204512 s: h1>h2 SYN-ACK (conversation 7)`: enough to find it in `watch --from`. */
export function stepText(step: Step, first: Step | undefined): string {
  const seconds = between(first?.atNs ?? step.atNs, step.atNs) / 1e9;
  const where = step.kind === 'packet' ? `${step.from}>${step.to}` : step.host;
  return `#${step.id} at ${seconds.toFixed(6)} s: ${where} ${titleOf(step)} (conversation ${step.conversation ?? 'none'})`;
}
