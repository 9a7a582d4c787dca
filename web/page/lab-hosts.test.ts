import { expect, test } from 'vitest';
import { Timeline } from '../../lab/timeline/timeline.ts';
import { lossyStory } from '../testing/stories.ts';
import { LabHosts } from './lab-hosts.ts';
import { hostNames } from './layout/columns.ts';

test('a host that is reported only after its packets were seen has one column', () => {
  const { events } = lossyStory();
  const reports = events.filter((event) => event.kind === 'host');
  const [timeline, hosts] = [new Timeline(), new LabHosts()];
  // Nothing is captured at the client.
  const others = events.filter(({ kind, host }) => kind !== 'host' && host !== 'tcp-client');
  for (const event of [...others, ...reports]) timeline.add(event);
  timeline.end();
  expect(hostNames(hosts.named(timeline.steps), hosts.names)).toContain('172.18.0.3');
  for (const event of reports) hosts.meet(event);
  const steps = hosts.named(timeline.steps);
  expect(hostNames(steps, hosts.names)).toEqual(hosts.list);
  expect(hosts.named(timeline.steps)).toBe(steps);
});
