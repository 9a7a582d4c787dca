import { describe, expect, test } from 'vitest';
import { noteText } from '../../explain/packets/note-text.ts';
import type { LinkType } from '../../model/packet.ts';
import { decodePacket } from './decode.ts';
import { differences, MALFORMED } from './testing/compare.ts';
import { fieldsOf } from './testing/fields.ts';
import { mutate, seeded } from './testing/mutate.ts';
import { recordings } from './testing/recordings.ts';
import type { Sample } from './testing/tshark.ts';
import { askTshark, whyNoTshark } from './testing/tshark.ts';

const MUTANTS_EACH = 250;
const seed = Number(process.env['CAPTURE_SEED'] ?? 20_260_101);
const reason = whyNoTshark();
if (reason !== undefined) console.warn(`The decoder is not compared with tshark: ${reason}`);

const fields = [MALFORMED, ...fieldsOf(decodePacket(new Uint8Array(), 'ethernet')).keys()];

describe.skipIf(reason !== undefined)('decodePacket, with tshark as the oracle', () => {
  test.each(recordings())(
    'agrees on every field of every packet of $name',
    ({ records, linkType }) => {
      expect(disagreements(records, linkType)).toEqual([]);
    },
  );

  test.each(recordings())(`agrees on mutants of $name, seed ${seed}`, (recording) => {
    const random = seeded(seed);
    const { records, linkType } = recording;
    const mutants = Array.from({ length: MUTANTS_EACH }, () =>
      mutate(records[random(records.length)] as Sample, random),
    );
    expect(disagreements(mutants, linkType)).toEqual([]);
  });
});

function disagreements(samples: readonly Sample[], linkType: LinkType): string[] {
  const theirs = askTshark(samples, linkType, fields);
  return samples.flatMap(({ data, length }, i) => {
    const packet = decodePacket(data, linkType, length);
    const found = differences(packet, theirs[i] ?? new Map());
    if (found.length === 0) return [];
    const hex = Buffer.from(data).toString('hex');
    return [
      `packet ${i} (${length} bytes, ${hex}) ${packet.notes.map(noteText).join('; ')}\n  ${found.join('\n  ')}`,
    ];
  });
}
