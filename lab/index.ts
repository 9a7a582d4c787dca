/**
 * The public API of socketlab.
 *
 * @module socketlab
 */
import './require-node.ts';

export { Capture, type CaptureOptions } from './capture/capture.ts';
export { type PcapngPacket, PcapngWriter } from './capture/pcap/pcapng.ts';
export type { DrawOptions } from './diagram/draw-events.ts';
export { baseImage } from './engine/base-image.ts';
export type { Execution, Spawned } from './engine/execute.ts';
export { builderLabel } from './engine/labels.ts';
export { describeSettings } from './explain/faults/describe-settings.ts';
export { describePacket } from './explain/packets/describe-packet.ts';
export { SequenceNumbers } from './explain/packets/sequence-numbers.ts';
export { sentenceOf } from './explain/sentence.ts';
export { titleOf } from './explain/title.ts';
export { Fault } from './faults/fault.ts';
export type { FaultDirection } from './faults/fault-direction.ts';
export { Faults } from './faults/faults.ts';
export { HeldPacket, Hold, type HoldOptions } from './faults/hold.ts';
export type { Between, ImpairmentSettings } from './faults/impair.ts';
export type { OfPreset, Several } from './faults/impair-several.ts';
export { type Health, Host } from './hosts/host.ts';
export type { HostInterface } from './hosts/host-interface.ts';
export type { HostLimits } from './hosts/host-limits.ts';
export type { LogOptions } from './hosts/host-log.ts';
export type { HostNetwork } from './hosts/host-network.ts';
export type { Privileges } from './hosts/lock-down.ts';
export type { Ready } from './hosts/readiness.ts';
export type { HostOptions } from './hosts/start-host.ts';
export { Lab } from './lab.ts';
export type * from './model/call.ts';
export type * from './model/event.ts';
export type {
  DirectionReport,
  FaultReport,
  FaultReports,
  HostFault,
} from './model/fault-report.ts';
export type {
  CorruptSettings,
  DelaySettings,
  DuplicateSettings,
  FaultSettings,
  HoldSettings,
  LossSettings,
  PartitionSettings,
  RateSettings,
  ReorderSettings,
} from './model/faults.ts';
export type { ChecksumStatus } from './model/headers/checksum-status.ts';
export type {
  Icmp,
  Icmpv6,
  NeighborOption,
  QuotedIcmp,
  QuotedPacket,
} from './model/headers/icmp.ts';
export type {
  Ipv4,
  Ipv4Option,
  Ipv6,
  Ipv6ExtensionHeader,
  Ipv6Option,
} from './model/headers/ip.ts';
export type { Arp, Ethernet, LinkType, LinuxCooked, VlanTag } from './model/headers/link.ts';
export type { SackBlock, Tcp, TcpFlags, TcpOption, Udp } from './model/headers/transport.ts';
export type { HostState, Role } from './model/host-state.ts';
export { LabError, type LabErrorCode } from './model/lab-error.ts';
export type { Limit, LimitCounts } from './model/limit.ts';
export type { ListeningSocket } from './model/listening-socket.ts';
export { type Packet, packetBytes, packetPayload } from './model/packet.ts';
export type { NotedPart, PacketNote } from './model/packet-note.ts';
export { type Preset, type PresetName, presets } from './model/presets.ts';
export { eventLine, RecordingError, readRecording, recordingHeader } from './model/recording.ts';
export type { Decision, HeldPacketStatus } from './model/wire-commands.ts';
export type { Achieved, Counters, FaultStatus } from './model/wire-status.ts';
export type { LeftOutOptions } from './observed-hosts.ts';
export { endObserver } from './probes/observer.ts';
export type { Proof, Remnant, SweepOptions } from './sweep/remnant.ts';
export { type Swept, sweep } from './sweep/sweep.ts';
export type * from './timeline/step.ts';
export { type Changes, Timeline, type TimelineOptions } from './timeline/timeline.ts';
export { execFailure } from './trace/gate.ts';
export type { ListeningOptions } from './trace/listening-sockets.ts';
export { Trace } from './trace/trace.ts';
export { chooseTracer, type Tracer, tracers } from './trace/tracer.ts';
export { Watch, type WatchOptions } from './watch/watch.ts';
