import type { Exercise } from '../exercise.ts';
import { handshakeQuestions } from './questions.ts';
import { clientOfAbsentServers } from './unanswered.ts';

export const exercise: Exercise = {
  folder: import.meta.dirname,
  title: 'Step the handshake by hand',
  minutes: 30,
  role: clientOfAbsentServers,
  checks: [
    'finds-server',
    'ends',
    'prints',
    'silent',
    'refused',
    'slow-greeting',
    'unanswered',
    'pauses',
  ],
  startersFail: { check: 'unanswered', code: 'never-gives-up' },
  questions: handshakeQuestions,
};
