/** Addresses and times differ each time, and with them where lines are broken. */
export function withoutChance(text: string): string {
  return (
    text
      // Whether RST comes in place of FIN is a matter of which side was first.
      .replaceAll(/^advice {2}T3/gm, 'ok      T3')
      .replaceAll(/\n {10}(?=[^\s^])/g, ' ')
      .replaceAll(/\b\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\b/g, 'DATE')
      .replaceAll(/\b[\d.]+ s\b/g, 'N s')
      .replaceAll(/(\bport |\bSERVER_PORT=|\]:)(?!50000)\d{5}\b/g, '$1N')
      .replaceAll(/\bSERVER_HOST=(?:\d+\.){3}\d+/g, 'SERVER_HOST=ADDRESS')
      .replaceAll(/\b(?:\d+\.){3}\d+(:|', )(?!50000)\d+\b/g, 'PEER')
      .replaceAll(/\b(?:\d+\.){3}\d+:50000\b/g, (where) =>
        /^(?:0|127)/.test(where) ? where : 'SERVER:50000',
      )
  );
}
