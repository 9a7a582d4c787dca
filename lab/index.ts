/** The public API of socketlab. */
export { Capture } from './capture/capture.ts';
export { describePacket } from './capture/describe.ts';
export { type Packet, packetBytes, packetPayload } from './capture/packet.ts';
export { PcapngWriter } from './capture/pcapng.ts';
export { SequenceNumbers } from './capture/sequence-numbers.ts';
export { LabError, type LabErrorCode } from './error.ts';
export type * from './event.ts';
export type { Execution } from './execute.ts';
export type { Faults } from './faults/all-faults.ts';
export { type Between, Fault, type FaultReport, type Impairment } from './faults/fault.ts';
export { HeldPacket, Hold, type HoldOptions } from './faults/hold.ts';
export type { HostFault } from './faults/host-faults.ts';
export { type Health, Host, type HostState, type Role } from './host.ts';
export { Lab } from './lab.ts';
export type { HostOptions } from './start-host.ts';
export { sweep } from './sweep.ts';
export { Trace } from './trace/trace.ts';
export { describeSettings } from './wire/describe-settings.ts';
