import type { HeldList, Rate } from '../messages.ts';
import { everything, type Filter } from './filter.ts';
import { StepClock } from './layout/step-clock.ts';
import type { Player } from './player.ts';
import type { PageReport } from './report.ts';
import type { Connection } from './stream.ts';

export type Tab = 'report' | 'step' | 'conversations' | 'break';

/** What can be saved, by its address. */
export interface SavedFiles {
  readonly recording: string;
  readonly packets?: string;
}

/** What the page knows, of what can be set as it is. */
export class AppState {
  clock = new StepClock();
  connection: Connection = 'connecting';
  /** How many seconds the page is behind the lab. */
  behindS = 0;
  /** It is of a lab, which can be changed, and not of a recording. */
  isOfLab = false;
  /** What starts the server again. */
  command: string | undefined;
  /** Of a page that is a file. */
  player: Player | undefined;
  report: PageReport | undefined;
  files: SavedFiles = { packets: 'save/socketlab.pcapng', recording: 'save/socketlab.jsonl' };
  /** Why the source ended, if that is not as it should be. */
  trouble: string | undefined;
  rate: Rate = { seen: 0, shown: 0 };
  missed = 0;
  held: HeldList | null = null;
  filter: Filter = everything;
  /** The user looks at something else than the end. */
  isAway = false;
  selected: number | undefined;
  tab: Tab = 'conversations';
  isSheetOpen = false;
  isList = false;
  /** Of what the diagram is seen through. */
  view = { width: 0, height: 0, top: 0 };
}
