import { expect, test } from 'vitest';
import type { Graded } from '../grade.ts';
import { notGraded, reportOf, result } from '../report/testing/reports.ts';
import { gradeClass } from './grade-class.ts';

const graded: Graded = { report: reportOf(result('passed')), events: [] };
const tooBusy: Graded = { report: notGraded, events: [] };

const { signal: never } = new AbortController();

test('what could not be graded is tried again at the end, by itself, and told only then', async () => {
  const tried: string[] = [];
  const told: string[] = [];
  await gradeClass(['alice', 'bob', 'carol'], {
    atOnce: 2,
    signal: never,
    grade: async (one) => {
      const isSecond = tried.includes(one);
      tried.push(one);
      return one === 'carol' || isSecond ? graded : tooBusy;
    },
    onGraded: async (one, { report }) => {
      told.push(`${one} ${report.verdict}`);
    },
  });
  expect(tried).toEqual(['alice', 'bob', 'carol', 'alice', 'bob']);
  expect(told).toEqual(['carol passed', 'alice passed', 'bob passed']);
});

test('an interruption ends what is being graded, and nothing more is begun', async () => {
  const interruption = new AbortController();
  const begun: string[] = [];
  const run = gradeClass(['alice', 'bob', 'carol'], {
    atOnce: 2,
    signal: interruption.signal,
    grade: (one, signal) => {
      begun.push(one);
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason)),
      );
    },
    onGraded: async () => {},
  });
  interruption.abort(new Error('interrupted'));
  await expect(run).rejects.toThrow('interrupted');
  expect(begun).toEqual(['alice', 'bob']);
});

test('a result that cannot be written ends the others', async () => {
  const run = gradeClass(['alice', 'bob'], {
    atOnce: 2,
    signal: never,
    grade: (one, signal) =>
      one === 'alice'
        ? Promise.resolve(graded)
        : new Promise((_, reject) =>
            signal.addEventListener('abort', () => reject(new Error('ended'))),
          ),
    onGraded: () => Promise.reject(new Error('the disk is full')),
  });
  await expect(run).rejects.toThrow('the disk is full');
});
