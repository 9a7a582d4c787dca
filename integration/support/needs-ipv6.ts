/** For all tests: where there is no IPv6, labs are started without, and a test that is about IPv6 by its name is skipped. */
import { beforeEach, inject } from 'vitest';

const lacking = inject('lacksIpv6');

// What a test starts need not find it out again.
if (lacking !== '') process.env['LAB_IPV6'] = 'false';

beforeEach(({ task, skip }) => {
  if (lacking !== '' && /IPv6|both families/.test(task.name)) skip(lacking);
});
