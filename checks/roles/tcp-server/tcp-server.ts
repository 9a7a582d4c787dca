/** The TCP server: greets every client, and closes. */
import type { Role } from '../role.ts';
import { endsOnSigterm, reachable, servesAfterSilence, servesIpv6 } from '../server-checks.ts';
import { SPECIAL_CHARACTERS, specialCharactersHint } from '../special-characters.ts';
import { clientChecks } from './clients.ts';
import {
  emptyHints,
  endFinding,
  endHints,
  greetingFinding,
  greetingHints,
  notAsciiHints,
} from './findings.ts';
import { env, type Fixture, fixture } from './fixture.ts';
import { greetingCheck, longGreeting } from './greeting-checks.ts';

const NOT_ASCII = 'Grüß dich, 世界 🎉 ';
const oneClient = 'it serves one client, and then ends: accept belongs in a loop.';

export const tcpServer: Role<Fixture> = {
  name: 'tcp-server',
  env,
  fixture,
  checks: [
    reachable('tcp'),
    {
      id: 'greeting',
      statement: 'T1',
      layer: 'speaks',
      title: 'sends the greeting, byte for byte, and nothing else',
      why: 'The greeting ends where the stream ends, so that each byte more or less is another greeting.',
      hints: greetingHints,
      run: async (fixture) =>
        greetingFinding(fixture, await fixture.first(), 'connected, and sent nothing'),
    },
    {
      id: 'fin',
      statement: 'T2',
      layer: 'speaks',
      title: 'closes the connection after the greeting',
      why: 'Until FIN comes the client cannot know that the greeting is whole.',
      hints: endHints,
      run: async (fixture) =>
        endFinding(fixture, await fixture.first(), 'connected, and read to the end'),
    },
    {
      id: 'second-client',
      statement: 'T4',
      layer: 'is-correct',
      title: 'serves one client after the other',
      why: 'A server that has to be started again for each client is no server.',
      hints: { 'no-second-client': oneClient, 'program-ended': oneClient },
      run: async (fixture) => {
        await fixture.first();
        const did = 'connected once more, after a first client';
        const finding = greetingFinding(fixture, await fixture.visit(), did);
        const isUnserved = finding?.code === 'nothing-received' || finding?.code === 'refused';
        return finding && isUnserved ? { ...finding, code: 'no-second-client' } : finding;
      },
    },
    {
      ...greetingCheck('empty-greeting', 'an empty GREETING', ''),
      statement: 'T6',
      title: 'sends nothing where the greeting is empty',
      hints: { ...emptyHints, ...endHints },
    },
    {
      ...greetingCheck('not-ascii', 'a GREETING that is not ASCII', NOT_ASCII),
      hints: { ...notAsciiHints, ...endHints },
    },
    {
      ...greetingCheck(
        'special-characters',
        'a GREETING with special characters',
        SPECIAL_CHARACTERS,
      ),
      hints: {
        ...greetingHints,
        ...endHints,
        'other-bytes': specialCharactersHint,
        'part-missing': specialCharactersHint,
        'more-bytes': specialCharactersHint,
      },
    },
    longGreeting,
    ...clientChecks,
    servesAfterSilence('T4', greetingHints, {
      first: ({ first }) => first(),
      again: async (fixture, when) =>
        greetingFinding(fixture, await fixture.visit(), `connected once more, ${when}`),
    }),
    servesIpv6(async ({ greeting, visitOver }, family) => {
      const { received } = await visitOver(family);
      return Buffer.from(received, 'base64').equals(greeting);
    }),
    endsOnSigterm,
  ],
};
