/** What can be done from the page, apart from the server: a test gives it actions of its own. */
import type {
  Between,
  FaultReports,
  HeldPacket,
  HoldOptions,
  ImpairmentSettings,
  Lab,
} from '../lab/index.ts';

/** A packet that waits for a decision; see `HeldPacket` of lab/. */
export type WaitingPacket = Pick<HeldPacket, 'from' | 'to' | 'packet' | 'identity' | 'decide'>;

/** Packets as they are held. Disposed of, it ends the hold, and what still waits is delivered. */
export interface WaitingPackets extends AsyncIterable<WaitingPacket>, AsyncDisposable {}

/** The instruments that the page has. Settings come from the page as they are: the instruments check them. */
export interface Actions {
  /** All that is broken now, with what it has done. */
  faults(): Promise<FaultReports>;
  /** @throws {TypeError | RangeError} for settings that cannot be. */
  impair(fault: Between & ImpairmentSettings): Promise<void>;
  /** Ends faults by their ids; default: all. */
  heal(ids?: readonly string[]): Promise<void>;
  hold(options: HoldOptions): Promise<WaitingPackets>;
}

/** The actions of the page on a lab that is running. */
export function labActions(lab: Lab): Actions {
  return {
    faults: () => lab.faults(),
    impair: async (fault) => {
      await (await lab.impair(fault)).keep();
    },
    heal: async (ids) => {
      await lab.heal(ids);
    },
    hold: (options) => lab.hold(options),
  };
}
