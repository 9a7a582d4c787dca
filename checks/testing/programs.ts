/**
 * Programs that are graded to test the grader: wrong ones, each in a way that learners are wrong, and right ones, in as many styles
 * as possible. The first line of each says what it is; what is told of a wrong one is in the text of its name.
 */
import { globSync } from 'node:fs';
import type { Layer } from '../check.ts';
import { checksOf } from '../checks-of.ts';
import { roles } from '../roles/roles.ts';

/** Where they are: a folder a role. */
export const PROGRAMS: string = import.meta.dirname;

export interface TestProgram {
  /** Below `PROGRAMS`: `tcp-server/newline.py`. */
  readonly file: string;
  readonly role: string;
  /** The check that must fail first, or give advice, and the code of its finding; none of a right program. */
  readonly finding?: { readonly check: string; readonly code: string };
  /** What is told of it differs from run to run: with how bytes fell into segments, or with which of its threads was first. */
  readonly varies?: true;
}

/** By file: what is told of it first. Files whose names begin with `right-` have nothing here. */
const wrong: Readonly<Record<string, readonly [check: string, code: string]>> = {
  'tcp-client/all-in-3-s.rs': ['slow-greeting', 'other-exit-code'],
  'tcp-client/ascii.py': ['not-ascii', 'other-exit-code'],
  'tcp-client/decodes-parts.py': ['split-character', 'other-exit-code'],
  'tcp-client/exits-with-0.py': ['silent', 'exits-with-0'],
  'tcp-client/exits-with-text.py': ['ends', 'other-exit-code'],
  'tcp-client/format-string.c': ['special-characters', 'printed-otherwise'],
  'tcp-client/ignores-reset.go': ['reset', 'exits-with-0'],
  'tcp-client/impatient.py': ['slow-greeting', 'printed-part'],
  'tcp-client/inet-pton.c': ['finds-server', 'no-address'],
  'tcp-client/lingers.js': ['ends', 'still-running'],
  'tcp-client/no-timeout.c': ['silent', 'never-gives-up'],
  'tcp-client/own-host.go': ['finds-server', 'other-server'],
  'tcp-client/own-port.py': ['finds-server', 'other-server'],
  'tcp-client/prints-parts.ts': ['byte-by-byte', 'printed-in-pieces'],
  'tcp-client/prints-repr.py': ['not-ascii', 'printed-escaped'],
  'tcp-client/puts-parts.c': ['byte-by-byte', 'printed-in-pieces'],
  'tcp-client/reads-a-line.sh': ['ends', 'other-exit-code'],
  'tcp-client/recv-once.py': ['byte-by-byte', 'printed-part'],
  'tcp-client/short-is-last.py': ['byte-by-byte', 'printed-part'],
  'tcp-client/signal-error.py': ['sigterm', 'other-exit-code'],
  'tcp-client/small-buffer.c': ['long-greeting', 'printed-part'],
  'tcp-client/to-string.ts': ['split-character', 'printed-otherwise'],
  'tcp-client/waits-for-newline.go': ['ends', 'other-exit-code'],

  'tcp-server/argument.py': ['reachable', 'program-ended'],
  'tcp-server/ascii-once.py': ['not-ascii', 'other-bytes'],
  'tcp-server/ascii.ts': ['not-ascii', 'other-bytes'],
  'tcp-server/blocks-the-loop.py': ['many-at-once', 'nothing-received'],
  'tcp-server/closes-listener.js': ['second-client', 'program-ended'],
  'tcp-server/command-missing.sh': ['reachable', 'program-ended'],
  'tcp-server/daemon.c': ['reachable', 'in-background'],
  'tcp-server/datagrams.py': ['reachable', 'other-protocol'],
  'tcp-server/destroys.js': ['long-greeting', 'part-missing'],
  'tcp-server/does-not-compile.c': ['builds', 'does-not-build'],
  'tcp-server/echo-adds-newline.sh': ['greeting', 'more-bytes'],
  'tcp-server/empty-is-missing.js': ['empty-greeting', 'more-bytes'],
  'tcp-server/exits-with-1.py': ['sigterm', 'other-exit-code'],
  'tcp-server/fixed-buffer.c': ['long-greeting', 'part-missing'],
  'tcp-server/format-string.sh': ['special-characters', 'other-bytes'],
  'tcp-server/four-workers.rs': ['many-at-once', 'nothing-received'],
  'tcp-server/ignores-sigterm.py': ['sigterm', 'ignores-sigterm'],
  'tcp-server/ipv6-loopback.py': ['reachable', 'loopback-only'],
  'tcp-server/ipv6-only.py': ['reachable', 'ipv6-only'],
  'tcp-server/linger.py': ['fin', 'reset'],
  'tcp-server/log-fatal.go': ['resetting-clients', 'program-ended'],
  'tcp-server/loopback.py': ['reachable', 'loopback-only'],
  'tcp-server/nc-once.sh': ['second-client', 'program-ended'],
  'tcp-server/never-ends.ts': ['fin', 'no-fin'],
  'tcp-server/newline.py': ['greeting', 'more-bytes'],
  'tcp-server/no-htons.c': ['reachable', 'swapped-port'],
  'tcp-server/one-client.py': ['second-client', 'program-ended'],
  'tcp-server/one-family.py': ['ipv6', 'not-over-ipv4'],
  'tcp-server/other-port.go': ['reachable', 'other-port'],
  'tcp-server/parent-keeps.c': ['fin', 'no-fin'],
  'tcp-server/println.go': ['greeting', 'more-bytes'],
  'tcp-server/reads-first.py': ['greeting', 'nothing-received'],
  'tcp-server/reset-ends-it.py': ['resetting-clients', 'program-ended'],
  'tcp-server/short-send.py': ['long-greeting', 'part-missing'],
  'tcp-server/sigpipe.c': ['resetting-clients', 'program-ended'],
  'tcp-server/silent-client-blocks.py': ['silent-client', 'delayed'],
  'tcp-server/sizeof-pointer.c': ['greeting', 'part-missing'],
  'tcp-server/unwrap.rs': ['resetting-clients', 'program-ended'],
  'tcp-server/written-in.ts': ['greeting', 'other-bytes'],
  'tcp-server/zero-byte.c': ['greeting', 'more-bytes'],

  'udp-client/any-text.rs': ['other-reply', 'believes-other-reply'],
  'udp-client/believes-anybody.py': ['forged-reply', 'believes-forgery'],
  'udp-client/exits-with-0.py': ['silent', 'exits-with-0'],
  'udp-client/fails-silently.sh': ['silent', 'says-nothing'],
  'udp-client/inet-addr.c': ['message', 'no-address'],
  'udp-client/joins-replies.sh': ['other-reply', 'fails-at-other-reply'],
  'udp-client/never-gives-up.js': ['silent', 'never-gives-up'],
  'udp-client/newline.c': ['message', 'more-bytes'],
  'udp-client/no-timeout.py': ['silent', 'never-gives-up'],
  'udp-client/only-ascii.py': ['not-ascii', 'no-datagram'],
  'udp-client/only-names.js': ['silent', 'no-datagram'],
  'udp-client/own-host.ts': ['message', 'other-server'],
  'udp-client/own-port.c': ['message', 'other-server'],
  'udp-client/prints-repr.py': ['not-ascii', 'printed-escaped'],
  'udp-client/sends-once.go': ['lost-request', 'not-sent-again'],
  'udp-client/short-buffer.py': ['prints', 'printed-part'],
  'udp-client/strips-prefix.py': ['prints', 'printed-otherwise'],
  'udp-client/too-patient.go': ['silent', 'never-gives-up'],
  'udp-client/two-datagrams.ts': ['message', 'part-missing'],
  'udp-client/unquoted.sh': ['special-characters', 'other-bytes'],
  'udp-client/zero-byte.c': ['message', 'more-bytes'],

  'udp-echo-server/connects.py': ['second-client', 'no-second-client'],
  'udp-echo-server/decodes.py': ['not-utf8', 'program-ended'],
  'udp-echo-server/ends-at-empty.py': ['empty', 'program-ended'],
  'udp-echo-server/ends-when-silent.py': ['silence', 'program-ended'],
  'udp-echo-server/fixed-port.py': ['echo', 'no-echo'],
  'udp-echo-server/ignores-long.ts': ['very-long', 'no-echo'],
  'udp-echo-server/latest-client.js': ['many-clients', 'mixed-up'],
  'udp-echo-server/first-line.py': ['line-ends', 'part-missing'],
  'udp-echo-server/loopback.ts': ['reachable', 'loopback-only'],
  'udp-echo-server/newline.py': ['echo', 'more-bytes'],
  'udp-echo-server/no-loop.c': ['second-client', 'program-ended'],
  'udp-echo-server/no-prefix.js': ['echo', 'no-prefix'],
  'udp-echo-server/no-space.rs': ['echo', 'other-echo'],
  'udp-echo-server/not-terminated.c': ['empty', 'more-bytes'],
  'udp-echo-server/other-port.py': ['reachable', 'other-port'],
  'udp-echo-server/other-socket.py': ['sender', 'other-sender'],
  'udp-echo-server/replies-twice.py': ['echo', 'more-datagrams'],
  'udp-echo-server/reply-buffer.c': ['longest', 'part-missing'],
  'udp-echo-server/signal-error.py': ['sigterm', 'other-exit-code'],
  'udp-echo-server/skips-empty.go': ['empty', 'no-echo'],
  'udp-echo-server/slow.py': ['many-clients', 'echoes-missing'],
  'udp-echo-server/small-buffer.c': ['longest', 'part-missing'],
  'udp-echo-server/stream.py': ['reachable', 'other-protocol'],
  'udp-echo-server/strips.py': ['nul', 'part-missing'],
  'udp-echo-server/strlen.c': ['nul', 'part-missing'],
  'udp-echo-server/to-string.ts': ['not-utf8', 'other-echo'],
  'udp-echo-server/two-sends.go': ['echo', 'more-datagrams'],
  'udp-echo-server/whole-buffer.go': ['echo', 'more-bytes'],
};

const varying: readonly string[] = [
  'tcp-client/format-string.c',
  'tcp-client/prints-parts.ts',
  'tcp-client/puts-parts.c',
  'tcp-client/recv-once.py',
  'tcp-client/short-is-last.py',
  'tcp-server/exits-with-1.py',
  'tcp-server/four-workers.rs',
  'tcp-server/one-client.py',
  'udp-client/too-patient.go',
  'udp-echo-server/ends-when-silent.py',
  'udp-echo-server/slow.py',
];

/** What fails later has been asked all that comes before, which takes ten times as long. */
const EARLY: readonly Layer[] = ['builds', 'starts', 'listens', 'speaks'];

/** A few of them, which cost little: of each server's role those of one language that fail early, one for each check. */
export function shortForm(programs: readonly TestProgram[]): TestProgram[] {
  const first = new Map<string, TestProgram>();
  for (const program of programs.filter(({ file }) => file.endsWith('.py'))) {
    const { role, finding } = program;
    if (finding === undefined || !role.endsWith('server')) continue;
    const check = `${role} ${finding.check}`;
    if (EARLY.includes(layerOf(role, finding.check)) && !first.has(check))
      first.set(check, program);
  }
  return [...first.values()];
}

function layerOf(role: string, id: string): Layer {
  const check = checksOf(roles[role] ?? { checks: [] }).find((one) => one.id === id);
  if (check === undefined) throw new TypeError(`There is no check ${id} of ${role}`);
  return check.layer;
}

/** All of them, by name. @throws {TypeError} if a program is missing in the table, or a file of the table. */
export function testPrograms(): TestProgram[] {
  // Those in hostile/ play a role, too, but have a test of their own.
  const exclude = ['hostile/*'];
  const files = globSync('*/*.{py,js,ts,c,go,rs,sh}', { cwd: PROGRAMS, exclude }).toSorted();
  const absent = Object.keys(wrong).filter((file) => !files.includes(file));
  if (absent.length > 0) throw new TypeError(`There is no ${absent.join(', ')} in ${PROGRAMS}`);
  return files.map((file) => {
    const [role = '', name = ''] = file.split('/');
    if (name.startsWith('right-')) return { file, role };
    const told = wrong[file];
    if (!told) throw new TypeError(`It must be said at which check ${file} fails first`);
    const finding = { check: told[0], code: told[1] };
    return { file, role, finding, ...(varying.includes(file) && { varies: true }) };
  });
}
