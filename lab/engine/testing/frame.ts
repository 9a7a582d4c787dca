/** A frame of the engine's stream of both outputs: 1 is standard output, 2 is standard error. */
export function frame(type: 1 | 2, text: string): Buffer {
  const data = Buffer.from(text);
  const header = Buffer.from([type, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(data.length, 4);
  return Buffer.concat([header, data]);
}
