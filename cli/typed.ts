/** What starts the command: as it was typed in a clone, as `../../socketlab` in a folder of its own, or with the package. */
const socketlab =
  process.env['SOCKETLAB_TYPED'] ??
  (import.meta.filename.endsWith('.js') ? 'npx socketlab' : './socketlab');

/** A command as it can be typed here. */
export const typed = (words: string): string => `${socketlab} ${words}`;
