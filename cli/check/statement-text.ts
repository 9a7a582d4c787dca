import { readFileSync } from 'node:fs';

const PROTOCOL = new URL('../../docs/protocol.md', import.meta.url);

let protocol: string | undefined;

/**
 * What docs/protocol.md says under a number, as in `T4`: in a page that is handed on, a link to it would lead nowhere. Undefined where
 * it has no such number, or is not there.
 */
export function statementText(number: string): string | undefined {
  protocol ??= readProtocol();
  const entry = new RegExp(`^- \\*\\*${RegExp.escape(number)}\\*\\* (.*(?:\\n {2}.*)*)`, 'm').exec(
    protocol,
  );
  return entry?.[1]?.replaceAll(/\s+/g, ' ').replaceAll('`', '');
}

function readProtocol(): string {
  try {
    return readFileSync(PROTOCOL, 'utf8');
  } catch {
    return '';
  }
}
