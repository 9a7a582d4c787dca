import { tcpServer } from '../../checks/roles/tcp-server/tcp-server.ts';
import type { Exercise } from '../exercise.ts';
import { closingQuestions } from './questions.ts';

export const exercise: Exercise = {
  folder: import.meta.dirname,
  title: 'Close, half-close, reset',
  minutes: 45,
  role: tcpServer,
  checks: [
    'greeting',
    'fin',
    'second-client',
    'client-that-sends',
    'half-closing-client',
    'resetting-clients',
    'still-there',
  ],
  required: ['client-that-sends'],
  startersFail: { check: 'resetting-clients', code: 'program-ended' },
  questions: closingQuestions,
};
