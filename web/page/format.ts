/** Times and amounts as people read them. */

/** Made once, as making one takes far longer than using it. */
const grouped = new Intl.NumberFormat('en');

/** Seconds since the diagram began, to the microsecond: `1.020113`. */
export function sinceStart(ms: number): string {
  return (ms / 1000).toFixed(6);
}

/** The time of day here: `14:03:07.020 113`. */
export function timeOfDay(atNs: string): string {
  const date = new Date(Number(BigInt(atNs) / 1_000_000n));
  const microseconds = (BigInt(atNs) / 1000n) % 1000n;
  const two = (value: number) => String(value).padStart(2, '0');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')} ${String(microseconds).padStart(3, '0')}`;
}

/** `1 packet`, `1,204 packets` */
export function count(number: number, noun: string): string {
  return `${grouped.format(number)} ${noun}${number === 1 ? '' : 's'}`;
}
