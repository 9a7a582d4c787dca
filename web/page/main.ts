import type { Step } from '../../lab/timeline/step.ts';
export type S = Step;
