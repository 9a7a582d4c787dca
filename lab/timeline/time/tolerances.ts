/** How far observed times may be off, and how long events may take: each tolerance has its only place here. In nanoseconds. */

/** A trace reports the end of a call at most this much before the end. */
export const TRACE_JITTER_NS = 2e6;
/** The times of a delivery by a wire, and of the call that returns because of it, are off by at most this, on a busy machine. */
export const DELIVERY_JITTER_NS = 10e6;
/** A packet is captured in front of the wire, which takes it at once, or on a busy machine this much later. */
export const WIRE_LATENCY_NS = 50e6;
/** A wire tells to the microsecond when a packet arrived, a capture to the nanosecond. */
export const WIRE_EXACT_NS = 999;
/** A kernel answers at once, also on a busy machine; its own timers are longer (RFC 6298, section 2.4; Linux: 200 ms). */
export const ANSWER_NS = 100e6;
/** What a call that does not wait makes the kernel send may wait for the peer's link address (arp(7)), on a busy machine longer. */
export const ADDRESS_RESOLUTION_NS = 100e6;
/** On one link a packet arrives sooner than this, unless a wire keeps it, and reports that. */
export const LINK_LATENCY_NS = 200e6;
/** A packet that was not seen to arrive for this long is taken to be lost. */
export const ARRIVAL_OVERDUE_NS = 2e9;
