import { basename, resolve, sep } from 'node:path';

/**
 * What tells paths apart: `alice` and `bob` of `class/alice/03-many-clients` and `class/bob/03-many-clients`.
 *
 * @throws {TypeError} when two are the same.
 */
export function distinctNames(paths: readonly string[]): string[] {
  const all = paths.map((path) => resolve(path).split(sep));
  const [first = []] = all;
  if (all.length === 1) return [basename(first.join(sep))];
  const twice = paths.find((path, at) => paths.findIndex((one) => isSame(one, path)) !== at);
  if (twice !== undefined) throw new TypeError(`Cannot grade ${twice} twice`);
  const shortest = Math.min(...all.map((parts) => parts.length));
  const differAt = (at: number) => all.some((parts) => parts.at(at) !== first.at(at));
  const begin = indices(shortest).find(differAt) ?? shortest - 1;
  const end = indices(shortest - begin - 1).find((count) => differAt(-1 - count));
  return all.map((parts) =>
    parts.slice(begin, parts.length - (end ?? shortest - begin - 1)).join('/'),
  );
}

const isSame = (one: string, other: string) => resolve(one) === resolve(other);

const indices = (count: number) => Array.from({ length: count }, (_, index) => index);
