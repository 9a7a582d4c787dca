import type { LabError } from '../../lab/index.ts';
import { namesInShort } from '../../lab/util/names-in-short.ts';

/** Why the calls of a host cannot be seen. */
export interface Trouble {
  readonly host: string;
  readonly error: LabError;
}

/** Says whose calls will not be shown: all hosts that something else traces on one line, and each other host on its own. */
export function missingCalls(troubles: readonly Trouble[]): string[] {
  const isTaken = ({ error }: Trouble) => error.code === 'TRACED_ALREADY';
  const taken = troubles.filter(isTaken).map(({ host }) => host);
  const [their, them] = taken.length === 1 ? ['its', 'it'] : ['their', 'them'];
  const why = `${their} calls are not shown, as something else traces ${them} (another "watch"?)`;
  return [
    ...(taken.length > 0 ? [`${namesInShort(taken.toSorted())}: ${why}`] : []),
    ...troubles
      .filter((trouble) => !isTaken(trouble))
      .map(({ host, error }) => `${host}: its calls are not shown: ${error.message}`),
  ];
}
