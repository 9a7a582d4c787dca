import type { Decision } from '../../model/wire-commands.ts';

/** What becomes of a held packet: `dropped`, `delayed by 500 ms`. */
export function decisionText(decision: Decision): string {
  if (decision.action === 'delay') return `delayed by ${decision.delayMs} ms`;
  return { deliver: 'delivered', drop: 'dropped', duplicate: 'delivered twice' }[decision.action];
}
