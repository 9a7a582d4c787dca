/** How the last round of a client went. */
export type Condition = 'ok' | 'failing';

/**
 * A client's process title: like the servers of OpenSSH and PostgreSQL, it says what the process is doing. The health
 * check and `docker compose top` read it. Linux keeps a title in the room of the original command line, so it is short.
 */
export function clientTitle(role: string, condition: Condition): string {
  return `${role}: ${condition}`;
}
