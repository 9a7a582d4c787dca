/** How far what is observed may be off, and how long what has to happen may take: one place for each. In nanoseconds. */

/** What a trace says of a call's end is earlier than the end by so much at most. */
export const TRACE_JITTER_NS = 2e6;
/** When a wire notes what it delivers, and a trace that a call has returned, so far off at most, on a busy machine. */
export const DELIVERY_JITTER_NS = 10e6;
/** A packet is seen in front of the wire, which takes it at once; on a busy machine so much later. */
export const WIRE_LATENCY_NS = 50e6;
/** A kernel answers at once, also on a busy machine; its own timers are longer (RFC 6298, section 2.4; Linux: 200 ms). */
export const ANSWER_NS = 100e6;
/** What a call that does not wait makes the kernel send may wait for the peer's link address (arp(7)), on a busy machine longer. */
export const ADDRESS_RESOLUTION_NS = 100e6;
/** On one link a packet arrives sooner than that, unless a wire keeps it, and reports so. */
export const LINK_LATENCY_NS = 200e6;
/** A packet that was not seen to arrive for so long is taken to be lost. */
export const ARRIVAL_OVERDUE_NS = 2e9;
