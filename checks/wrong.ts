import type { CallStep, Step } from '../lab/index.ts';

/** The step of the timeline at which a program went wrong, and how one knows. */
export type Wrong =
  /** The check says so. */
  | { readonly kind: 'named'; readonly step: Step }
  /** It asked for this address, or went to it. */
  | { readonly kind: 'address'; readonly step: CallStep }
  /** It made the kernel send RST. */
  | { readonly kind: 'reset'; readonly step: CallStep }
  /** It was the last of the process that ended, and left a child behind; or the first of that child. */
  | { readonly kind: 'left-child'; readonly step: CallStep; readonly isOfChild: boolean }
  /** It closed a connection that another process still has, or another descriptor of the same one. */
  | { readonly kind: 'still-open'; readonly step: CallStep; readonly isInOtherProcess: boolean }
  /** It was the last on a connection that was not closed. */
  | { readonly kind: 'not-closed'; readonly step: CallStep }
  /** It sent the first byte that is wrong, or one too many: so many bytes come before that one. */
  | { readonly kind: 'wrong-byte'; readonly step: CallStep; readonly before: number }
  /** It was the first to send where nothing was to be sent. */
  | { readonly kind: 'not-expected'; readonly step: CallStep }
  /** It was the last to send, and some of what was to be sent was left. */
  | {
      /** How one knows. */
      readonly kind: 'part-sent';
      /** The call. */
      readonly step: CallStep;
      /** So many bytes. */
      readonly sent: number;
      /** Of so many. */
      readonly of: number;
    }
  /** It was the last to receive, and some of what had been sent was left. */
  | {
      /** How one knows. */
      readonly kind: 'part-received';
      /** The call. */
      readonly step: CallStep;
      /** So many bytes. */
      readonly received: number;
      /** Of so many. */
      readonly of: number;
      /** When the next byte arrived; undefined if it did not. */
      readonly restNs?: string;
    }
  /** It cut off the end of a datagram of so many bytes. */
  | { readonly kind: 'datagram-cut'; readonly step: CallStep; readonly of: number }
  /** It was the last to receive, and nothing was left. */
  | { readonly kind: 'all-received'; readonly step: CallStep; readonly of: number }
  /** It was the first to return the end of the stream, and so many more have done so since. */
  | { readonly kind: 'end-ignored'; readonly step: CallStep; readonly again: number }
  /** It was the last to send, too early or too late. */
  | { readonly kind: 'last-sent'; readonly step: CallStep }
  /** It had waited for so long by then, in nanoseconds. */
  | { readonly kind: 'waiting'; readonly step: CallStep; readonly forNs: number }
  /** The time limit of its socket was over, so many nanoseconds after it was called (socket(7), SO_RCVTIMEO). */
  | { readonly kind: 'timed-out'; readonly step: CallStep; readonly afterNs: number }
  /** It failed. */
  | { readonly kind: 'failed'; readonly step: CallStep }
  /** Behind it there was no call for so long, in nanoseconds. */
  | { readonly kind: 'paused'; readonly step: CallStep; readonly forNs: number }
  /** Behind it the program only closed its sockets, and ended. */
  | { readonly kind: 'ended-after'; readonly step: CallStep }
  /** It was the last. */
  | { readonly kind: 'last'; readonly step: CallStep };

const AFTER: readonly Wrong['kind'][] = ['all-received', 'paused', 'ended-after', 'last'];

/** Whether the step itself may be right, and what was done after it, or not done, is wrong. */
export const isAfter = ({ kind }: Wrong): boolean => AFTER.includes(kind);
