/** Why a capture cannot be read or written: the file or the stream itself, never a packet in it. */
export class CaptureError extends Error {
  readonly code = 'CAPTURE_INVALID';
  override readonly name = 'CaptureError';
}
