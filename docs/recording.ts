/**
 * Keeps the types that `docs/recording.md` quotes those of the code: `npx node docs/recording.ts`.
 *
 *     lab/model/*.ts ──declarations──▶ refreshed ──▶ the page's blocks of TypeScript
 */
import { readFileSync, writeFileSync } from 'node:fs';

const MODEL = new URL('../lab/model/', import.meta.url);
const SOURCES = [
  'event.ts',
  'call.ts',
  'faults.ts',
  'host-state.ts',
  'packet.ts',
  'packet-note.ts',
  'headers/checksum-status.ts',
  'headers/icmp.ts',
  'headers/ip.ts',
  'headers/link.ts',
  'headers/transport.ts',
];
const PAGE = new URL('recording.md', import.meta.url);
/** Every type that an event consists of is described. */
const ROOT = 'LabEvent';

/** An interface, or a type, with the comment on it; as the formatter leaves it, so that its end is easy to see. */
const DECLARATION =
  /^(?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?(?:export )?(?:interface (\w+)[\s\S]*?^\}|type (\w+)[\s\S]*?;)$(?=\n\n|\n*(?![\s\S]))/gm;
const BLOCK = /```ts\n([\s\S]*?)```/g;

/**
 * The page with its types as they are now.
 *
 * @throws {Error} for a type of an event that the page does not quote, and for one that it quotes but that no event has.
 */
export function refreshed(page: string): string {
  const types = declarations();
  const quoted = new Set<string>();
  const text = page.replace(BLOCK, (_, block: string) => {
    const names = [...block.matchAll(DECLARATION)].map(nameOf);
    for (const name of names) quoted.add(name);
    return `\`\`\`ts\n${names.map((name) => quote(name, types)).join('\n\n')}\n\`\`\``;
  });
  const missing = [...reachable(ROOT, types)].filter((name) => !quoted.has(name));
  if (missing.length > 0) throw new Error(`Not described in recording.md: ${missing.join(', ')}`);
  return text;
}

/** What is only for TypeScript is left out. */
function quote(name: string, types: ReadonlyMap<string, string>): string {
  const type = types.get(name);
  if (type === undefined) throw new Error(`Described in recording.md, and in no event: ${name}`);
  return type.replace(/\bexport |\breadonly /g, '');
}

function declarations(): Map<string, string> {
  const sources = SOURCES.map((name) => readFileSync(new URL(name, MODEL), 'utf8'));
  return new Map(
    sources.flatMap((source) =>
      [...source.matchAll(DECLARATION)].map((found) => [nameOf(found), found[0]] as const),
    ),
  );
}

function nameOf([, interfaceName, typeName]: RegExpExecArray): string {
  return interfaceName ?? typeName ?? '';
}

/** A type, and those that it consists of. */
function reachable(
  name: string,
  types: ReadonlyMap<string, string>,
  found = new Set<string>(),
): Set<string> {
  const code = types.get(name)?.replace(/\/\*\*[\s\S]*?\*\//g, '');
  if (code === undefined || found.has(name)) return found;
  found.add(name);
  for (const [word] of code.matchAll(/\b[A-Z]\w*/g)) reachable(word, types, found);
  return found;
}

if (import.meta.main) writeFileSync(PAGE, refreshed(readFileSync(PAGE, 'utf8')));
