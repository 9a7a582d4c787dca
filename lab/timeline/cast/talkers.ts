import { isSend } from '../../model/call-facts.ts';
import { isGroup } from '../packets/addresses.ts';
import type { Step } from '../step.ts';
import { isAside } from './aside.ts';

/** The hosts that a step shows to talk: not those that listen or wait, that a multicast reaches, or that look up a name. */
export function talkersOf(step: Step): readonly string[] {
  if (isAside(step)) return [];
  if (step.kind === 'packet') return isGroup(step.packet) ? [] : [step.from, step.to];
  if (step.kind !== 'call' || step.call.stage !== 'returned') return [];
  const { call, conversation, host } = step;
  return conversation !== undefined || call.call === 'connect' || isSend(call) ? [host] : [];
}

/** Puts each host's latest partner next to it: among equal hosts, those that talk with each other are neighbours. */
export function withPartners(
  hosts: readonly string[],
  partnerOf: (host: string) => string | undefined,
): string[] {
  const known = new Set(hosts);
  const ordered = new Set<string>();
  for (const host of hosts) {
    ordered.add(host);
    const partner = partnerOf(host);
    if (partner !== undefined && known.has(partner)) ordered.add(partner);
  }
  return [...ordered];
}
