/** `from './page/app.ts'`, `import('./main.ts')`, and of what has been made small, `from"./directive.js"` */
const IMPORT = /(?:from ?|import\()['"](\.[^'"]+)['"]/g;

/** The paths of a module and of all that it imports, by way of others, too; `read` gives the code of each. */
export async function moduleGraph(
  entry: string,
  read: (path: string) => Promise<string>,
): Promise<string[]> {
  const found = new Set([entry]);
  // What is added meanwhile is visited, too.
  for (const path of found) {
    for (const [, to = ''] of (await read(path)).matchAll(IMPORT)) {
      found.add(new URL(to, `file:///${path}`).pathname.slice(1));
    }
  }
  return [...found];
}
