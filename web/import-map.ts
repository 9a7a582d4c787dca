import { createHash } from 'node:crypto';

/** What the page's modules import by name, and where the browser finds it: addresses relative to the page. */
const imports = {
  'lit-html': './lit-html/lit-html.js',
  'lit-html/': './lit-html/',
} as const;

/**
 * The import map that `index.html` contains.
 *
 * Source: https://html.spec.whatwg.org/multipage/webappapis.html#import-maps
 */
export const IMPORT_MAP = JSON.stringify({ imports });

/** Allows this one inline script in a Content-Security-Policy, and no other. */
export const IMPORT_MAP_SOURCE = policySource(IMPORT_MAP);

/** What allows an inline script or style, and no other (https://www.w3.org/TR/CSP3/). */
export function policySource(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}

/** The path of the page's file that a module imports, as `web/page/app.ts`; undefined for what is no file of the page's. */
export function resolveImport(specifier: string, importer: string): string | undefined {
  const mapped = Object.entries(imports).find(([key]) =>
    key.endsWith('/') ? specifier.startsWith(key) : specifier === key,
  );
  const [key, address] = mapped ?? [];
  if (key !== undefined)
    return new URL(address + specifier.slice(key.length), 'file:///').pathname.slice(1);
  if (!specifier.startsWith('.')) return undefined;
  return new URL(specifier, `file:///${importer}`).pathname.slice(1);
}
