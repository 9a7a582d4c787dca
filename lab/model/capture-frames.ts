/**
 * What a capture prints: frames. Those with the number of an interface are pieces of its pcap stream; those with
 * number 0 are news in JSON. Its error output has a line for each interface that packets came from faster than they were read: how many
 * the kernel dropped.
 *
 *     0 │ 44 │ {"began":1,"name":"eth0","mac":"02:42:…"}     1 │ 24 │ pcap…     0 │ 14 │ {"ready":true}     1 │ 90 │ …pcap
 */
import { type Frame, frame } from './frames.ts';

/** News of interfaces. */
export type News =
  /** This one is being captured from now on. */
  | { readonly began: number; readonly name: string; readonly mac: string }
  /** It was removed, or taken down. */
  | { readonly ended: number }
  /** All interfaces that existed at the start are being captured. */
  | { readonly ready: true };

const NEWS = 0;

export function newsFrame(news: News): Buffer {
  return frame(NEWS, Buffer.from(JSON.stringify(news)));
}

/** The news in a frame; undefined if it is a piece of an interface's stream. */
export function newsOf({ number, data }: Frame): News | undefined {
  return number === NEWS ? (JSON.parse(data.toString()) as News) : undefined;
}
