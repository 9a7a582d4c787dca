import { expect, test } from 'vitest';
import { unusedPort } from './unused-port.ts';

test.each([0, 0.5, 1 - 2 ** -32])(
  'a port at which nobody is, is none that a kernel gives away',
  (number) => {
    const port = unusedPort(() => number);
    expect(port).toBeGreaterThan(1024);
    expect(port).toBeLessThan(32_768);
  },
);
