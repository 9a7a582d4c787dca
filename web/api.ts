/** The requests of the page other than files and events. One that changes something is a POST with JSON. */
import type { IncomingMessage } from 'node:http';
import type { Between, ImpairmentSettings } from '../lab/index.ts';
import type { Actions } from './actions.ts';
import type { DecisionMessage } from './messages.ts';
import { requestBody } from './request-body.ts';
import type { Stepping } from './stepping.ts';

export interface Instruments {
  readonly actions: Actions;
  readonly stepping: Stepping;
}

type Action = (instruments: Instruments, settings: Record<string, unknown>) => Promise<unknown>;

const actions: Readonly<Record<string, Action>> = {
  'GET api/faults': ({ actions }) => actions.faults(),
  'POST api/break': ({ actions }, settings) => {
    // The instruments check all the rest.
    const fault = { ...settings, ...between(settings) } as unknown as Between & ImpairmentSettings;
    return actions.impair(fault);
  },
  'POST api/heal': ({ actions }, { ids }) => actions.heal(ids === undefined ? ids : texts(ids)),
  'POST api/hold': ({ stepping }, settings) => stepping.hold(between(settings)),
  'POST api/release': ({ stepping }) => stepping.release(),
  'POST api/decide': ({ stepping }, settings) => stepping.decide(decision(settings)),
};

/** What answers a request; undefined where the page may not ask it. */
export function actionFor(
  request: IncomingMessage,
  path: string,
): ((instruments: Instruments) => Promise<unknown>) | undefined {
  const key = `${request.method} ${path}`;
  const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
  if (action === undefined) return undefined;
  return async (instruments) => {
    if (request.method === 'GET') return action(instruments, {});
    return action(instruments, await requestBody(request));
  };
}

function between({ from, to }: Record<string, unknown>): { from: string; to: string } {
  if (typeof from === 'string' && typeof to === 'string') return { from, to };
  throw new TypeError('Cannot do this: "from" and "to" must be the names of hosts');
}

function texts(value: unknown): string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new TypeError('Cannot heal: "ids" must be a list of ids of faults');
}

function decision({ number, action, delayMs }: Record<string, unknown>): DecisionMessage {
  if (typeof number !== 'number') {
    throw new TypeError('Cannot decide: "number" must be that of a held packet');
  }
  if (action === 'deliver' || action === 'drop' || action === 'duplicate')
    return { number, action };
  if (action === 'delay' && typeof delayMs === 'number') return { number, action, delayMs };
  throw new TypeError(
    'Cannot decide: "action" must be deliver, drop, duplicate, or delay with "delayMs"',
  );
}
