import type { ServerResponse } from 'node:http';
import { IMPORT_MAP_SOURCE } from './import-map.ts';

/** Those that show a preview in a frame: VS Code, codespaces in a browser, and an editor under the same name as the page. */
const EDITORS = "'self' vscode-webview: https://*.vscode-cdn.net https://*.github.dev";

/** Of every response: nothing is loaded from elsewhere, nothing is cached, and no other site learns the page's address. */
const POLICY = [
  "default-src 'none'",
  `script-src 'self' ${IMPORT_MAP_SOURCE}`,
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // A proxy in front that holds answers back, as nginx does, would hold back the events.
  'x-accel-buffering': 'no',
} as const;

export interface Body {
  readonly type: string;
  readonly content: string | Uint8Array;
  /** The name to save it under, if the browser is to save it. */
  readonly fileName?: string;
}

/** Sets the headers that every response has. In a preview, editors may frame the page; else nobody may. */
export function protect(response: ServerResponse, { preview }: { preview: boolean }): void {
  const ancestors = preview ? EDITORS : "'none'";
  response.setHeader('content-security-policy', `${POLICY}; frame-ancestors ${ancestors}`);
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}

/** Answers a request with a complete body. */
export function reply(response: ServerResponse, status: number, body: Body): void {
  const { type, content, fileName } = body;
  if (fileName) response.setHeader('content-disposition', `attachment; filename="${fileName}"`);
  beginReply(response, status, type);
  response.end(content);
}

/** Begins a response that is streamed. */
export function beginReply(response: ServerResponse, status: number, type: string): void {
  response.writeHead(status, { 'content-type': type });
}

/** @param location Relative, as a proxy may have put a path in front. */
export function redirect(response: ServerResponse, location: string): void {
  response.setHeader('location', location);
  replyText(response, 303, 'The page is elsewhere');
}

export function replyText(response: ServerResponse, status: number, text: string): void {
  reply(response, status, { type: 'text/plain; charset=utf-8', content: `${text}\n` });
}

export function replyJson(response: ServerResponse, status: number, value: unknown): void {
  reply(response, status, { type: 'application/json', content: JSON.stringify(value) });
}
