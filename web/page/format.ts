/** Times and amounts as people read them. */

/** Made once, as making one takes far longer than using it. */
const grouped = new Intl.NumberFormat('en');

/** `0.06 ms`, `204 ms`, `1.02 s`, `3 min 5 s` */
export function duration(ms: number): string {
  if (ms < 10) return `${Number(ms.toFixed(ms < 0.1 ? 3 : 2))} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(2))} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

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
