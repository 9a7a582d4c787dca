import { type CheckText, isOnItsOwn, layers } from './check.ts';
import { builds, starts } from './grading/program-checks.ts';
import type { Role } from './roles/role.ts';

/** All checks of a role, in the order in which they stand on each other. */
export function checksOf(role: Pick<Role<never>, 'checks'>): CheckText[] {
  return [builds, starts, ...role.checks].toSorted((a, b) => rank(a) - rank(b));
}

/**
 * All checks of a role; or only the one of this id, and those that it stands on.
 *
 * @throws {RangeError} for a check that the role does not have.
 */
export function chosenChecks(
  role: Pick<Role<never>, 'name' | 'checks'>,
  only: string | undefined,
): CheckText[] {
  const checks = checksOf(role);
  if (only === undefined) return checks;
  const wanted = checks.find(({ id }) => id === only);
  if (wanted) return checks.filter((one) => one === wanted || standsOn(wanted, one, role));
  const ids = checks.map(({ id }) => id).join(', ');
  throw new RangeError(`There is no check "${only}" of ${role.name}: there are ${ids}`);
}

/** Those of earlier layers; and of its own those before it, where they share a fixture and leave it as they do. */
function standsOn(
  wanted: CheckText,
  one: CheckText,
  { checks }: Pick<Role<never>, 'checks'>,
): boolean {
  if (rank(one) !== rank(wanted)) return rank(one) < rank(wanted);
  const shared = checks.filter((check) => !isOnItsOwn(check)).map(({ id }) => id);
  const [at, before] = [shared.indexOf(wanted.id), shared.indexOf(one.id)];
  return before !== -1 && before < at;
}

const rank = ({ layer }: CheckText) => layers.indexOf(layer);
