import { LabError } from '../model/lab-error.ts';

/** What an observer is, for whoever administers an engine that will not start one. */
const NEEDS = 'the processes of its machine (pid: host), SYS_ADMIN, and no AppArmor profile';

/**
 * Says what is not to be had where an engine does not start an observer: one with a policy, for example.
 *
 * @returns errors of another kind unchanged: they say enough
 */
export function observerRefused(error: unknown): unknown {
  if (!(error instanceof LabError) || error.code !== 'ENGINE_FAILED') return error;
  const without =
    'Hosts run without it, and faults work, but nothing is captured, traced or graded';
  const message = `${error.message}. ${without}: it needs an engine that allows a container ${NEEDS}`;
  return new LabError('ENGINE_FAILED', message, { cause: error });
}
