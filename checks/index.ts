/**
 * Grading in code, and what a role of one's own is made of; see docs/writing-checks.md.
 *
 * @example
 * const { report } = await check(roles['tcp-server'], 'my-server/');
 * if (report.verdict === 'failed') console.log(report.results.find(({ verdict }) => verdict === 'failed'));
 *
 * @module socketlab/checks
 */
import { type Graded, type GradeOptions, grade } from './grade.ts';
import { buildProgram } from './program/build.ts';
import type { Role } from './roles/role.ts';

export type { Check, CheckResult, CheckText, Finding, Layer, Report, Verdict } from './check.ts';
export { type FindingTextOptions, findingText } from './feedback/finding-text.ts';
export { reportText } from './feedback/report-text.ts';
export { type Graded, type GradeOptions, grade } from './grade.ts';
export type { Bystander, TcpVisit, TcpVisited, TcpVisits } from './peers/in-peer/tcp-clients.ts';
export type { TcpScript, TcpServed } from './peers/in-peer/tcp-servers.ts';
export type { UdpReply, UdpVisits } from './peers/in-peer/udp-clients.ts';
export type { UdpArrived, UdpScript } from './peers/in-peer/udp-servers.ts';
export type { Peer } from './peers/peer.ts';
export type { Instance } from './program/instance.ts';
export type { Output } from './program/output.ts';
export { type DifferenceCode, differenceOf } from './roles/difference.ts';
export { randomText } from './roles/random-text.ts';
export type { Context, Role, StartOptions } from './roles/role.ts';
export { roles } from './roles/roles.ts';
export {
  endsOnSigterm,
  PORT,
  reachable,
  type ServerFixture,
  serverDeadlines,
} from './roles/server-checks.ts';
export type { Wrong } from './wrong.ts';

/**
 * Grades a program as `./socketlab check` does.
 *
 * @param role what the program is to do
 * @param program a folder or a file
 * @param options what differs from the defaults
 * @throws {TypeError} for what is no program; {RangeError} for a check that the role does not have.
 */
export function check<Fixture>(
  role: Role<Fixture>,
  program: string,
  options: Pick<GradeOptions, 'seed' | 'only' | 'onProgress' | 'signal'> = {},
): Promise<Graded> {
  return grade(role, { ...options, program, build: () => buildProgram(program, options) });
}
