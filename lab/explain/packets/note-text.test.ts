import { expect, test } from 'vitest';
import type { PacketNote } from '../../model/packet-note.ts';
import { noteText } from './note-text.ts';

test.each<[PacketNote, string]>([
  [
    { part: 'udp', problem: 'cut-short', needed: 8, found: 3, by: 'capture' },
    'UDP header: cut short, 8 bytes needed, 3 captured',
  ],
  [
    { part: 'ipv4', problem: 'wrong-length', length: 33, room: 20, isQuoted: true },
    'quoted IPv4 header: length 33, but 20 bytes in the packet',
  ],
  [
    { part: 'tcp-option', problem: 'wrong-option-length', type: 2, length: 3 },
    'TCP option: type 2 cannot have length 3',
  ],
  [{ part: 'vlan', problem: 'too-many', most: 8 }, 'VLAN tag: more than 8 of them'],
  [{ part: 'udp', problem: 'no-checksum' }, 'UDP header: no checksum, which IPv6 does not allow'],
])('%j is described as "%s"', (note, text) => {
  expect(noteText(note)).toBe(text);
});
