/** Clients that a TCP server has to put up with. */
import type { Check, Finding } from '../../check.ts';
import type { Bystander } from '../../peers/in-peer/tcp-clients.ts';
import { endFinding, endHints, greetingFinding, greetingHints } from './findings.ts';
import type { Fixture } from './fixture.ts';

const AT_ONCE = 50;
const RESETS = 10;

/** RST may overtake what was sent before it, at a moment that is the kernel's choice: a program is blamed where it always does. */
const TRIES = 3;

export const clientChecks: readonly Check<Fixture>[] = [
  {
    id: 'client-that-sends',
    statement: 'T3',
    layer: 'is-correct',
    title: 'greets a client that sends something first',
    why: 'What a client sends may be there before the greeting is, and must not cost the greeting.',
    hints: {
      ...greetingHints,
      reset:
        'the connection is closed while something that the client has sent is still unread, and a reset may destroy what is on its way. Read until the client closes, for a second or so, while others are served, and then close.',
    },
    run: async (fixture) => {
      const did = 'connected, and sent 6 bytes';
      const send = Buffer.from('hello\n').toString('base64');
      let finding: Finding | undefined;
      for (let tries = 1; tries <= TRIES; tries += 1) {
        const visited = await fixture.visit({ send });
        finding = greetingFinding(fixture, visited, did);
        if (finding === undefined && visited.end !== 'reset') return undefined;
        const found = 'the whole greeting, and then RST in place of FIN';
        if (finding === undefined) return { code: 'reset', isAdvice: true, did, found };
        if (finding.code !== 'reset') return finding;
      }
      return finding;
    },
  },
  {
    id: 'half-closing-client',
    statement: 'T2',
    layer: 'is-robust',
    title: 'greets a client that has closed its own side',
    why: 'FIN says that a client sends nothing more; it can still receive.',
    hints: { ...greetingHints, ...endHints },
    run: async (fixture) => {
      const did = 'connected, and sent FIN at once';
      const visited = await fixture.visit({ manner: 'half-closes' });
      return greetingFinding(fixture, visited, did) ?? endFinding(fixture, visited, did);
    },
  },
  {
    id: 'resetting-clients',
    statement: 'T4',
    layer: 'is-robust',
    title: 'survives clients that reset their connection',
    why: 'Clients crash and lose their network all the time; others have to be served all the same.',
    hints: {
      ...greetingHints,
      'program-ended':
        'accept, send or close fails for a client that has gone, and the error is handled nowhere. Catch it where one client is served; in Node.js, listen to the event error of its socket; in C, ignore SIGPIPE, too.',
    },
    run: async (fixture) => {
      const { host } = fixture.program;
      const reset = { manner: 'resets' } as const;
      // Of these the program learns only when they have gone; there are no more than the shortest queue has room for.
      await host.pause();
      await fixture.visits([reset, reset]);
      await host.unpause();
      await fixture.visits(Array.from({ length: RESETS - 2 }, () => reset));
      const did = `reset ${RESETS} connections, and connected once more`;
      return greetingFinding(fixture, await fixture.visit(), did);
    },
  },
  beside('silent', 'neither sends nor reads nor closes'),
  beside('slow', 'sends a byte now and then, and does not close'),
  {
    id: 'many-at-once',
    statement: 'T5',
    layer: 'is-robust',
    title: `serves ${AT_ONCE} clients at once`,
    why: 'Clients do not wait for each other.',
    hints: {
      ...greetingHints,
      'nothing-received':
        'each client takes so long that the last ones wait for too long. Serve them side by side, or wait for nothing that a client does.',
    },
    run: async (fixture) => {
      const stays = { manner: 'stays' } as const;
      const all = await fixture.visits(Array.from({ length: AT_ONCE }, () => stays));
      const did = `connected ${AT_ONCE} times, and left all of these connections open`;
      return all.map((one) => greetingFinding(fixture, one, did)).find(Boolean);
    },
  },
  {
    id: 'still-there',
    statement: 'T4',
    layer: 'is-robust',
    title: 'still serves after all of these clients',
    why: 'A server runs for months, and each client that it cannot forget makes it poorer.',
    hints: greetingHints,
    run: async (fixture) =>
      greetingFinding(fixture, await fixture.visit(), 'connected once more, after all the others'),
  },
];

function beside(bystander: Bystander, what: string): Check<Fixture> {
  return {
    id: `${bystander}-client`,
    statement: 'T5',
    layer: 'is-robust',
    title: `serves a client while another ${what}`,
    why: 'One client that hangs must not be the end of the service for all.',
    hints: {
      delayed:
        'the server waits for its client, in recv for instance, before it accepts another. Give each client a thread or a task of its own, or do not wait for what it does.',
    },
    run: async (fixture) => {
      const did = `connected while another client is connected that ${what}`;
      const finding = greetingFinding(fixture, await fixture.visit({}, bystander), did);
      return finding?.waited ? { ...finding, code: 'delayed' } : finding;
    },
  };
}
