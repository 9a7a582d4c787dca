import { expect, test } from 'vitest';
import { takePort } from '../../web/port.ts';
import { showPage } from './show-page.ts';

test('no watch begins when the port of the page is in use', async () => {
  await using taken = await takePort(0);
  let isOpened = false;
  const open = async () => {
    isOpened = true;
    throw new Error('No host is to be traced');
  };
  await expect(showPage(open, { port: taken.number })).rejects.toThrow('another program uses it');
  expect(isOpened).toBe(false);
});
