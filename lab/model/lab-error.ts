/** The reason of an error, for programs. */
export type LabErrorCode =
  | 'NO_ENGINE'
  | 'ENGINE_FAILED'
  | 'NO_LAB'
  | 'NO_HOST'
  | 'NO_FAULT'
  | 'HOST_EXISTS'
  | 'HOST_NOT_READY'
  | 'HOST_NOT_RUNNING'
  | 'HOST_NETWORK'
  | 'HOST_PROCESSES'
  | 'NO_NETWORK'
  | 'PROBE_FAILED'
  | 'TRACED_ALREADY'
  | 'NO_BPF'
  | 'TIMED_OUT';

/** The only error that the instruments throw for what is not the caller's mistake. Its message is for a person. */
export class LabError extends Error {
  /** As of every error of this class. */
  override readonly name = 'LabError';
  /** The reason, for programs. */
  readonly code: LabErrorCode;

  constructor(code: LabErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
