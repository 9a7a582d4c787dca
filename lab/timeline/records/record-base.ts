import type { LinkedStep, LinkKind, Step } from '../step.ts';
import type { ConversationRecord } from './conversation-record.ts';
import type { StepRecord } from './step-record.ts';

/** Where records are kept: notified of each change. */
export interface RecordKeeper {
  nextId(): number;
  /** The step has changed, and with it those that it is linked with, which show it. */
  changed(record: StepRecord): void;
  /** As `changed`, where the other steps do not show it. */
  changedAlone(record: StepRecord): void;
  /** Puts it at another place among the others. */
  move(record: StepRecord, placeNs: number): void;
}

/** What a record begins with. */
interface Beginning {
  readonly atNs: string;
  readonly host: string;
}

/** That a step has changed. */
export interface Change {
  readonly revision: number;
  /** Undefined when it has changed again since, or been forgotten: a list of changes keeps nothing alive. */
  record: StepRecord | undefined;
}

/** What all records have. Only a record's own methods change it, and they notify its keeper. */
export abstract class RecordBase {
  readonly id: number;
  readonly links: { to: StepRecord; kind: LinkKind }[] = [];
  readonly #keeper: RecordKeeper;
  atNs: string;
  host: string;
  endNs: string | undefined;
  conversation: ConversationRecord | undefined;
  /** How many links it would have more, not counting those with what was only sent again. */
  linksLeftOut = 0;
  /** Where it stands among the others. Its keeper sets it, as it does what follows. */
  placeNs: number;
  /** That of the timeline when it last changed. */
  revision = 0;
  change: Change | undefined;
  /** What it carries, in characters: of a packet its bytes, of a log its line. */
  characters = 0;
  /** The step as last asked for, while nothing has changed since. */
  value: Step | undefined;
  /** The same without its links, as the steps that it is linked with show it. */
  linkedValue: LinkedStep | undefined;
  isForgotten = false;

  constructor(keeper: RecordKeeper, { atNs, host }: Beginning, ns: number) {
    this.#keeper = keeper;
    this.id = keeper.nextId();
    this.atNs = atNs;
    this.host = host;
    this.placeNs = ns;
  }

  /** Every class that extends this one is a kind of step. */
  get #self(): StepRecord {
    return this as unknown as StepRecord;
  }

  /** Puts it into a conversation; out of another one, where that was a guess. */
  assignTo(conversation: ConversationRecord): void {
    const { conversation: former } = this;
    if (former === conversation || this.isForgotten || conversation.isForgotten) return;
    this.conversation = conversation;
    conversation.keepStep();
    former?.forgetStep();
    this.changed();
  }

  /** One half of a link: see `link`. */
  addLink(kind: LinkKind, to: StepRecord): void {
    this.links.push({ to, kind });
    this.#keeper.changedAlone(this.#self);
  }

  removeLink(kind: LinkKind, to: StepRecord): void {
    const at = this.links.findIndex((known) => known.to === to && known.kind === kind);
    if (at >= 0) this.links.splice(at, 1);
    this.changed();
  }

  leaveLinkOut(): void {
    this.linksLeftOut += 1;
    this.#keeper.changedAlone(this.#self);
  }

  moveTo(placeNs: number): void {
    this.#keeper.move(this.#self, placeNs);
  }

  protected changed(): void {
    this.#keeper.changed(this.#self);
  }

  /** As `changed`, where the steps that it is linked with do not show it. */
  protected changedAlone(): void {
    this.#keeper.changedAlone(this.#self);
  }
}
