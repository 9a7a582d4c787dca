/** Events that are steps as they are: nothing more will be known of them. */
import type { FaultEvent, HostEvent, LogEvent } from '../../model/event.ts';
import { RecordBase, type RecordKeeper } from './record-base.ts';
import { shortenedLog } from './shortened.ts';

export class LogRecord extends RecordBase {
  readonly kind = 'log';
  log: LogEvent;

  constructor(keeper: RecordKeeper, event: LogEvent, ns: number) {
    super(keeper, event, ns);
    this.log = event;
    this.characters = event.line.length;
  }

  /** Keeps only the beginning of a long line. */
  shorten(): void {
    this.log = shortenedLog(this.log);
    this.characters = this.log.line.length;
  }
}

export class FaultRecord extends RecordBase {
  readonly kind = 'fault';
  readonly fault: FaultEvent;

  constructor(keeper: RecordKeeper, event: FaultEvent, ns: number) {
    super(keeper, event, ns);
    this.fault = event;
  }
}

export class HostRecord extends RecordBase {
  readonly kind = 'host';
  readonly state: HostEvent;

  constructor(keeper: RecordKeeper, event: HostEvent, ns: number) {
    super(keeper, event, ns);
    this.state = event;
  }
}
