/** The wire has healed its last fault: a new fault needs a new wire. */
export class WireEnded extends Error {
  readonly code = 'WIRE_ENDED';
  override readonly name = 'WireEnded';
}
