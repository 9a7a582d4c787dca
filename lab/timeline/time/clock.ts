const NS_DIGITS = 9;

/**
 * Times as numbers that can be compared and subtracted: nanoseconds since the first one that it was asked for. A double
 * holds them exactly for 104 days, nanoseconds since 1970 for none.
 */
export class Clock {
  #zeroSeconds: number | undefined;

  /** @returns `undefined` for what is no time. */
  ns(atNs: string): number | undefined {
    const whole = Number(atNs.slice(0, -NS_DIGITS));
    const part = Number(atNs.slice(-NS_DIGITS));
    if (!Number.isInteger(whole) || !Number.isInteger(part) || atNs === '') return undefined;
    this.#zeroSeconds ??= whole;
    return (whole - this.#zeroSeconds) * 1e9 + part;
  }

  /** The time `ns` after another one, in decimal. */
  static after(atNs: string, ns: number): string {
    return String(BigInt(atNs) + BigInt(Math.round(ns)));
  }
}
