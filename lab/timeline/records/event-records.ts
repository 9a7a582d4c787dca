/** Events that are steps as they are: nothing more will be known of them. */
import type { FaultEvent, HostEvent, LogEvent } from '../../model/event.ts';
import { RecordBase, type RecordKeeper } from './record-base.ts';

export class LogRecord extends RecordBase {
  readonly kind = 'log';
  readonly log: LogEvent;

  constructor(keeper: RecordKeeper, event: LogEvent, ns: number) {
    super(keeper, event, ns);
    this.log = event;
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
