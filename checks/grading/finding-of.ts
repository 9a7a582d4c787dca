import { type Check, type Finding, isOnItsOwn, type Layer } from '../check.ts';
import { exitWords } from '../program/exit-words.ts';
import type { Instance } from '../program/instance.ts';
import { withFilledDisk, withLimitsHit } from '../program/limits-hit.ts';
import { type End, endedInSilence } from '../program/silence.ts';
import type { Scope } from './scope.ts';

/** In these its end says nothing new: it never ran, or was asked to end. */
const ENDED_ANYWAY: readonly Layer[] = ['starts', 'stops'];
/** Here it may have ended when all was well: that it serves one client alone is for the check that comes with a second one. */
const ONE_CLIENT: readonly Layer[] = ['listens', 'speaks'];

/** How long after its last packet the engine may know of the end of a program, in milliseconds: when it is suspected, and when not. */
const END_MS = 1000;
const UNEXPECTED_END_MS = 100;

/** What a check finds, or that the program has ended; and the limit that it has run into, where that is the cause. */
export async function findingOf<Fixture>(
  check: Check<Fixture>,
  scope: Scope<Fixture>,
): Promise<Finding | undefined> {
  const finding = await findingOrEnd(check, scope);
  // The engine may tell the end of a program before its trace has told the limit that it ran into.
  if (finding) await Promise.all(scope.instances.map((instance) => instance.traced()));
  const before = scope.limitsBefore;
  // That a program has started does not show that it came through.
  if (check.layer !== 'starts') scope.limitsBefore = scope.limitsHit;
  scope.checkedMs = Date.now();
  return (
    finding && withFilledDisk(withLimitsHit(finding, before, scope.limitsHit), scope.instances)
  );
}

/** What a check finds; or that the program has ended meanwhile, for which the check that it ended in is blamed. */
async function findingOrEnd<Fixture>(
  check: Check<Fixture>,
  scope: Scope<Fixture>,
): Promise<Finding | undefined> {
  const quiet = { quietFromMs: scope.checkedMs, quietToMs: Date.now() };
  const ended = async (waitMs: number) =>
    ENDED_ANYWAY.includes(check.layer) ? undefined : endOf(scope.instances, waitMs, quiet);
  try {
    const finding = await check.run(await scope.fixture);
    // Nobody comes after it where the fixture is its own.
    const isLast = isOnItsOwn(check) || ONE_CLIENT.includes(check.layer);
    if (isLast && (finding === undefined || !isCutOff(finding))) return finding;
    const end = await ended(finding ? END_MS : UNEXPECTED_END_MS);
    if (end === undefined) return finding;
    // It may have served its only client, though wrongly, and then come to its end.
    if (isLast && finding && hasServed(finding) && hasSucceeded(scope)) return finding;
    const { did = `checked that it ${check.title}`, found, waited } = finding ?? {};
    return {
      ...finding,
      ...end,
      did,
      found: found ? `${found}; ${end.found}` : end.found,
      // Until its end, which may have come as its peer left.
      ...(waited && { waited: { for: waited.for, ms: waited.ms } }),
    };
  } catch (error) {
    // Nothing can be asked of a program that has ended.
    const end = await ended(END_MS);
    if (end === undefined) throw error;
    return { ...end, did: 'started the program' };
  }
}

/** Whether the end of the program may be why: not where as many bytes came as should have, and others. */
const isCutOff = ({ bytes }: Finding) =>
  bytes === undefined || bytes.received.length < bytes.expected.length;

/** Whether the client was served, if not as it should be: it got some bytes, or waited in vain for something after them. */
const hasServed = ({ bytes, found, waited }: Finding) =>
  bytes ? bytes.received.length > 0 : waited !== undefined && found === undefined;

/** Whether each of the instances that have ended did so by itself, and with exit code 0. */
const hasSucceeded = ({ instances }: { readonly instances: readonly Instance[] }) =>
  instances.every(({ host }) => host.exitCode === undefined || host.exitCode === 0);

/** How one of the instances has ended that should not have; nothing while they run. */
async function endOf(
  instances: readonly Instance[],
  timeoutMs: number,
  quiet: Omit<End, 'endedMs'>,
): Promise<{ code: string; found: string } | undefined> {
  const expected = instances.filter(({ mayEnd }) => !mayEnd);
  const ended = await Promise.all(expected.map(({ host }) => host.ended({ timeoutMs })));
  const instance = expected.find((_, at) => ended[at]);
  if (instance === undefined) return undefined;
  const found = `the program has ended, with ${exitWords(instance.host.exitCode)}`;
  if (await instance.hasLeftChild())
    return { code: 'in-background', found: `${found}, and a process that it had started went on` };
  const endedMs = instance.host.finishedAt?.getTime() ?? 0;
  if (!endedInSilence({ ...quiet, endedMs })) return { code: 'program-ended', found };
  return { code: 'gone-after-silence', found: `${found}, before anybody came again` };
}
