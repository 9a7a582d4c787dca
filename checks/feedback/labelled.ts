const COLUMNS = 80;
const LABEL_COLUMNS = 10;

/** A label, and a text beside it, which continues below itself where it is too long for a line. */
export function labelled(label: string, text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    const isTooLong = LABEL_COLUMNS + longer.length > COLUMNS;
    if (isTooLong && line !== '') lines.push(line);
    line = isTooLong ? word : longer;
  }
  return [...lines, line].map(
    (each, at) => `${(at === 0 ? label : '').padEnd(LABEL_COLUMNS)}${each}`,
  );
}
