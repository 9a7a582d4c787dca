import { resolveImport } from './import-map.ts';

/** `from './page/app.ts'`, `import('./main.ts')`, and in minified code `from"./directive.js"` */
const IMPORT = /(?:from ?|import\()['"]([^'"]+)['"]/g;

/** The paths of a module and of everything that it imports, directly or not; `read` returns the code of each. */
export async function moduleGraph(
  entry: string,
  read: (path: string) => Promise<string>,
): Promise<string[]> {
  const found = new Set([entry]);
  // A set also visits what is added during the loop.
  for (const importer of found) {
    for (const [, specifier = ''] of (await read(importer)).matchAll(IMPORT)) {
      const path = resolveImport(specifier, importer);
      if (path !== undefined) found.add(path);
    }
  }
  return [...found];
}

/** A module that imports by paths of the page's, as an import map names them, wherever it is itself. */
export function withPaths(code: string, importer: string): string {
  return code.replaceAll(IMPORT, (words, specifier: string) => {
    const path = resolveImport(specifier, importer);
    return path === undefined ? words : words.replace(specifier, path);
  });
}
