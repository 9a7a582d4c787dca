/** As many as can be read at a glance. */
const NAMED_MAX = 8;

/**
 * A list of names that fits on a line, however many there are.
 *
 * @example
 * namesInShort(['a', 'b']); // a, b
 * namesInShort(names); // host-1, host-2, host-3, host-4, host-5, host-6, host-7, host-8 and 192 more
 */
export function namesInShort(names: readonly string[]): string {
  const rest = names.length - NAMED_MAX;
  if (rest <= 1) return names.join(', ');
  return `${names.slice(0, NAMED_MAX).join(', ')} and ${rest} more`;
}
