/** What the document contains under an id, which was packed with gzip and written in Base64; undefined where there is nothing. */
export async function embedded(id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const text = document.getElementById(id)?.textContent?.trim();
  if (!text) return undefined;
  const packed = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}
