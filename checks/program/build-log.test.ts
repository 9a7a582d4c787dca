import { expect, test } from 'vitest';
import { failedStep, lastWords, runningSteps } from './build-log.ts';

const log = `#0 building with "default" instance using docker driver

#1 [internal] load build definition from Dockerfile
#1 transferring dockerfile: 2.89kB done
#1 DONE 0.0s

#8 [c-compiler 2/2] RUN apt-get update
#8 CACHED

#11 [rust-built 3/3] RUN rustc
#11 0.100 error: of another stage
#11 ERROR: context canceled

#10 [c-built 4/4] RUN gcc ./*.c
#10 0.231 ./main.c: In function 'main':
#10 0.231 ./main.c:3:1: error: 'prot' undeclared
#10 0.232
#10 ERROR: process "/bin/sh -c gcc ./*.c" did not complete successfully: exit code: 1
------
 > [c-built 4/4] RUN gcc ./*.c:
0.231 ./main.c: In function 'main':
------
Dockerfile:3
--------------------
   3 | >>> RUN gcc
--------------------
ERROR: failed to solve: process "/bin/sh -c gcc ./*.c" did not complete successfully: exit code: 1
`;

test('of a build that failed, what the step that failed has printed is found', () => {
  expect(failedStep(log)).toEqual({
    name: '[c-built 4/4] RUN gcc ./*.c',
    stage: 'c-built',
    lines: ["./main.c: In function 'main':", "./main.c:3:1: error: 'prot' undeclared", ''],
  });
});

test('a step of a Dockerfile with one stage has no stage', () => {
  const single = '#5 [2/2] RUN false\n#5 ERROR: process "/bin/sh -c false" did not complete';
  expect(failedStep(single)).toEqual({ name: '[2/2] RUN false', lines: [] });
});

test('where no step failed, the last words say why', () => {
  const parse =
    'ERROR: failed to solve: dockerfile parse error on line 1: unknown instruction: FORM\n';
  expect(failedStep(parse)).toBeUndefined();
  expect(lastWords(parse)).toBe('dockerfile parse error on line 1: unknown instruction: FORM');
});

test('a step that has not ended yet is running', () => {
  const begun = log.slice(0, log.indexOf('#10 ERROR'));
  expect(runningSteps(begun).map(({ name }) => name)).toEqual(['[c-built 4/4] RUN gcc ./*.c']);
  expect(runningSteps(log)).toEqual([]);
});
