import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';

/** What a part of a line is, which determines its colour. */
export type Style = 'plain' | 'faint' | 'name' | 'trouble' | 'fault' | Conversational;

/** Conversations that are near each other differ; the fifth is like the first. */
type Conversational = 'conversation 0' | 'conversation 1' | 'conversation 2' | 'conversation 3';

/** Gives a text the looks of its style. */
export type Paint = (text: string, style: Style) => string;

type Format = Parameters<typeof styleText>[0];

const formats: Readonly<Record<Exclude<Style, 'plain'>, Format>> = {
  faint: 'dim',
  name: 'bold',
  trouble: 'red',
  fault: 'yellow',
  'conversation 0': 'cyan',
  'conversation 1': 'green',
  'conversation 2': 'magenta',
  // Plain blue can hardly be read on black.
  'conversation 3': 'blueBright',
};

/** No colours, as for a file. */
export const plain: Paint = (text) => text;

/** Colours for a terminal; `NO_COLOR` and `FORCE_COLOR` are respected. */
export function paintFor(stream: WriteStream | NodeJS.WritableStream): Paint {
  return (text, style) =>
    style === 'plain'
      ? text
      : styleText(formats[style], text, { stream: stream as NodeJS.WritableStream });
}

/** The style of a conversation; plain for none. */
export function styleOf(conversation: number | undefined): Style {
  if (conversation === undefined) return 'plain';
  const styles = ['conversation 0', 'conversation 1', 'conversation 2', 'conversation 3'] as const;
  return styles[conversation % styles.length] ?? 'plain';
}
