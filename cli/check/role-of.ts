import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Role } from '../../checks/roles/role.ts';
import { roles } from '../../checks/roles/roles.ts';

export const roleNames = Object.keys(roles).join(', ');

/**
 * @param name that of a role, or the path of a module that exports a `role`
 * @throws {TypeError} if it is neither.
 */
export async function roleOf(name: string): Promise<Role<unknown>> {
  const known = Object.hasOwn(roles, name) ? roles[name] : undefined;
  if (known) return known;
  if (!/\.[cm]?[jt]s$/.test(name))
    throw new TypeError(`role must be one of ${roleNames}, or a module, but is "${name}"`);
  const { role } = await import(pathToFileURL(resolve(name)).href).catch((cause) => {
    throw new TypeError(`Cannot load the role from ${name}: ${cause.message}`, { cause });
  });
  if (role === undefined) throw new TypeError(`${name} must export a "role", but does not`);
  return role;
}
