import type { Step } from '../../../lab/timeline/step.ts';

const COLOURS = 6;

/** The class of a conversation's colour: in turn, so that neighbours differ. */
export function colourOfConversation(id: number | undefined): string {
  return id === undefined ? 'c-none' : `c${id % COLOURS}`;
}

export function colourOf({ conversation }: Step): string {
  return colourOfConversation(conversation);
}
