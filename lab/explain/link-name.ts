import type { LinkKind } from '../timeline/step.ts';

const names: Readonly<Record<LinkKind, string>> = {
  caused: 'Made the kernel send',
  'caused-by': 'Because of',
  'completed-by': 'Returned because of',
  completed: 'Let return',
  repeats: 'Sends again',
  'repeated-by': 'Sent again as',
  reports: 'Is about',
  'reported-by': 'Error reported by',
};

/** What the steps are to a step that are linked with it so: `Because of`, and then they are listed. */
export function linkName(kind: LinkKind): string {
  return names[kind];
}
