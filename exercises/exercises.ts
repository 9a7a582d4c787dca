import { exercise as fromLoopback } from './01-from-loopback/exercise.ts';
import { exercise as greeting } from './02-the-greeting/exercise.ts';
import { exercise as manyClients } from './03-many-clients/exercise.ts';
import { exercise as streams } from './04-a-stream-has-no-messages/exercise.ts';
import { exercise as echo } from './05-the-echo/exercise.ts';
import { exercise as whenDatagramsAreLost } from './06-when-datagrams-are-lost/exercise.ts';
import { exercise as whoIsReallyAnswering } from './07-who-is-really-answering/exercise.ts';
import { exercise as closing } from './08-close-half-close-reset/exercise.ts';
import { exercise as handshakeByHand } from './09-step-the-handshake-by-hand/exercise.ts';
import { exercise as ipv6 } from './10-ipv6/exercise.ts';
import { exercise as slow } from './11-make-it-slow/exercise.ts';
import { type Exercise, nameOf, numberOf } from './exercise.ts';

/** All exercises, in the order in which they build on each other. */
export const exercises: readonly Exercise[] = [
  fromLoopback,
  greeting,
  manyClients,
  streams,
  echo,
  whenDatagramsAreLost,
  whoIsReallyAnswering,
  closing,
  handshakeByHand,
  ipv6,
  slow,
];

/** @throws {RangeError} if there is none of that number. */
export function exerciseNumbered(number: string): Exercise {
  const found = exercises.find((exercise) => numberOf(exercise) === Number(number));
  if (found) return found;
  const last = Math.max(...exercises.map(numberOf));
  throw new RangeError(`There is no exercise "${number}": they are 1 to ${last}`);
}

/** @throws {RangeError} if there is none of that name, as in `01-from-loopback`. */
export function exerciseNamed(name: string): Exercise {
  const found = exercises.find((exercise) => nameOf(exercise) === name);
  if (found) return found;
  throw new RangeError(
    `There is no exercise "${name}": there are ${exercises.map(nameOf).join(', ')}`,
  );
}
