/**
 * What a report adds to a run of GitHub Actions: annotations, which are shown with the run and beside the changed files.
 *
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands; what is escaped, and how, is in
 * https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
 */
import type { Report } from '../check.ts';
import type { TextOf } from './junit.ts';

const commands = { failed: 'error', advice: 'notice' } as const;

/**
 * @param file that the annotations are shown beside, as a path in the repository
 * @returns a line for each failure, and each piece of advice
 */
export function annotations(report: Report, textOf: TextOf, file?: string): string[] {
  const { role, program, verdict, why = '', results } = report;
  if (verdict === 'not-graded')
    return [notGradedWarning(`${program} could not be graded as ${role}`, why)];
  return results.flatMap((one) => {
    const { check } = one;
    if (one.verdict !== 'failed' && one.verdict !== 'advice') return [];
    const title = `${check.statement} ${check.title}`;
    return command(commands[one.verdict], { ...(file && { file }), title }, textOf(one));
  });
}

/** Says that nothing is said about a program. */
export const notGradedWarning = (title: string, why: string): string =>
  command('warning', { title }, why);

/** Lets a text be printed as it is: what a program has printed is part of it, and may look like a command. */
export function withoutCommands(text: string, token: string): string {
  return `::stop-commands::${token}\n${text}\n::${token}::`;
}

function command(
  name: string,
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const words = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${name} ${words.join(',')}::${data(message)}`;
}

const data = (text: string) =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
