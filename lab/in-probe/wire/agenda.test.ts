import { expect, test } from 'vitest';
import { Agenda } from './agenda.ts';

test('what is due is done once, in the order of the times', () => {
  const done: string[] = [];
  const agenda = new Agenda();
  for (const [atNs, name] of [
    [30, 'late'],
    [10, 'early'],
    [20, 'between'],
  ] as const) {
    agenda.add(atNs, () => done.push(name));
  }
  expect(agenda.nextNs).toBe(10);
  agenda.keep(9);
  expect(done).toEqual([]);
  agenda.keep(20);
  expect(done).toEqual(['early', 'between']);
  expect(agenda.nextNs).toBe(30);
  agenda.keep(1000);
  agenda.keep(1000);
  expect(done).toEqual(['early', 'between', 'late']);
  expect(agenda.nextNs).toBeUndefined();
});

test('a task that adds another whose time has passed has it run at once', () => {
  const done: string[] = [];
  const agenda = new Agenda();
  agenda.add(10, () => {
    done.push('begin');
    agenda.add(15, () => done.push('end'));
  });
  agenda.keep(20);
  expect(done).toEqual(['begin', 'end']);
});
