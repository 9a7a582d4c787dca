import type { Sample } from './tshark.ts';

/** Numbers from 0 to below `limit`, the same for the same seed (mulberry32). */
export function seeded(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Where the headers are, with nearly all of their fields. */
const HEADER_BYTES = 96;
/** Values at the edges of what a length can be. */
const edges = [0, 1, 2, 4, 5, 7, 8, 19, 20, 21, 39, 40, 41, 0x45, 0x7f, 0x80, 0xfe, 0xff];

type Random = (limit: number) => number;

const mutations: ((sample: Sample, random: Random) => Sample)[] = [
  flipBits,
  setToEdge,
  setToEdge,
  captureLess,
  sendLess,
  sendMore,
];

/** The packet with one to three things wrong with it. */
export function mutate(sample: Sample, random: Random): Sample {
  let mutated: Sample = { data: Uint8Array.from(sample.data), length: sample.length };
  for (let left = 1 + random(3); left > 0; left -= 1) {
    const mutation = mutations[random(mutations.length)];
    if (mutation) mutated = mutation(mutated, random);
  }
  return mutated;
}

function flipBits(sample: Sample, random: Random): Sample {
  for (let left = 1 + random(4); left > 0 && sample.data.length > 0; left -= 1) {
    const at = random(Math.min(HEADER_BYTES, sample.data.length));
    sample.data[at] = (sample.data[at] ?? 0) ^ (1 << random(8));
  }
  return sample;
}

function setToEdge(sample: Sample, random: Random): Sample {
  const at = random(Math.min(HEADER_BYTES, Math.max(1, sample.data.length)));
  if (at < sample.data.length) sample.data[at] = edges[random(edges.length)] ?? 0;
  return sample;
}

/** The capture took fewer bytes of it. */
function captureLess({ data, length }: Sample, random: Random): Sample {
  return { data: data.subarray(0, random(data.length + 1)), length };
}

/** It was shorter on the wire than its headers say. */
function sendLess({ data }: Sample, random: Random): Sample {
  const length = random(data.length + 1);
  return { data: data.subarray(0, length), length };
}

/** Bytes follow it. */
function sendMore({ data }: Sample, random: Random): Sample {
  const longer = new Uint8Array(data.length + 1 + random(20)).fill(random(256));
  longer.set(data);
  return { data: longer, length: longer.length };
}
