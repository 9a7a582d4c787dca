import { Lab, LabError } from '../lab/index.ts';
import { quoted } from './quoted.ts';
import { typed } from './typed.ts';

let chosen: string | undefined;

/** Makes every verb use this lab; undefined stands for that of the environment. @throws {TypeError} for an empty name. */
export function chooseProject(name: string | undefined): void {
  if (name === '') throw new TypeError('--project must be the name of a lab, but is empty');
  chosen = name;
}

/** The lab that `--project` names, or else that of the environment; undefined when the latter is not up. */
export async function attachLabIfUp(): Promise<Lab | undefined> {
  try {
    return await attachLab();
  } catch (error) {
    if (chosen === undefined && isNoLab(error)) return undefined;
    throw error;
  }
}

/**
 * The lab that `--project` names, or else that of the environment.
 *
 * @throws {LabError} `NO_LAB`, with what to type instead, where another lab runs.
 */
export async function attachLab(): Promise<Lab> {
  try {
    return await Lab.attach(chosen === undefined ? {} : { project: chosen });
  } catch (error) {
    if (!isNoLab(error)) throw error;
    const [other] = await Lab.names();
    if (other === undefined) throw error;
    const command = commandFor(other, process.argv.slice(2));
    throw new LabError('NO_LAB', `${error.message}; try: ${typed(command)}`, { cause: error });
  }
}

const isNoLab = (error: unknown): error is LabError =>
  error instanceof LabError && error.code === 'NO_LAB';

/** What heals faults of the lab in use. */
export function healCommand(...ids: string[]): string {
  const words = ['heal', ...ids];
  return typed(chosen === undefined ? words.join(' ') : commandFor(chosen, words));
}

/** What was typed, for another lab. */
export function commandFor(project: string, typed: readonly string[]): string {
  const words = typed.filter(
    (word, n) => !word.startsWith('--project') && typed[n - 1] !== '--project',
  );
  return [...words, '--project', project].map(quoted).join(' ');
}
