import { isAside } from '../../lab/timeline/cast/aside.ts';
import type { Conversation, FaultStep, Step } from '../../lab/timeline/step.ts';
import { hostsOf } from './layout/columns.ts';

/** What of the timeline is drawn. */
export interface Filter {
  /** Steps at these hosts, and packets from or to them; none for all hosts. */
  readonly hosts: ReadonlySet<string>;
  readonly conversation: Conversation['id'] | undefined;
  readonly showsCalls: boolean;
  readonly showsLogs: boolean;
  /** Steps outside the conversations, and packets from or to addresses outside the lab. */
  readonly showsOthers: boolean;
}

export const everything: Filter = {
  hosts: new Set(),
  conversation: undefined,
  showsCalls: true,
  showsLogs: true,
  showsOthers: false,
};

/** The steps that a filter lets through; of faults, those on the paths of the hosts that are shown: they explain the rest. */
export function filtered(
  steps: readonly Step[],
  filter: Filter,
  labHosts: ReadonlySet<string>,
): readonly Step[] {
  const { hosts, conversation, showsCalls, showsLogs, showsOthers } = filter;
  const talking = conversation === undefined ? NOBODY : hostsIn(steps, conversation);
  const isShown = (step: Step) => {
    if (step.kind === 'fault') return isAtOneOf(step, hosts) && isAtOneOf(step, talking);
    if (step.kind === 'call' && !showsCalls) return false;
    if (step.kind === 'log' && !showsLogs) return false;
    if (!showsOthers && (isAside(step) || isForeign(step, labHosts))) return false;
    if (hosts.size > 0 && !hostsOf(step).some((host) => hosts.has(host))) return false;
    return conversation === undefined || step.conversation === conversation;
  };
  return steps.every(isShown) ? steps : steps.filter(isShown);
}

const NOBODY: ReadonlySet<string> = new Set();

/** None means all. A fault whose senders are not known may be for any. */
function isAtOneOf({ host, fault }: FaultStep, hosts: ReadonlySet<string>): boolean {
  if (hosts.size === 0 || hosts.has(host)) return true;
  return fault.from !== undefined && hosts.has(fault.from);
}

function hostsIn(steps: readonly Step[], conversation: number): ReadonlySet<string> {
  const own = steps.filter((step) => step.conversation === conversation);
  return new Set(own.flatMap(hostsOf));
}

/** What belongs to a conversation is never foreign; and where it is not known what hosts there are, nothing is. */
function isForeign(step: Step, labHosts: ReadonlySet<string>): boolean {
  if (step.kind !== 'packet' || step.conversation !== undefined || labHosts.size === 0)
    return false;
  return !labHosts.has(step.from) || !labHosts.has(step.to);
}
