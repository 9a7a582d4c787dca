import { html, type TemplateResult } from 'lit-html';

/** A sentence of the timeline; what is between backticks is code. */
export function sentence(text: string): TemplateResult {
  const parts = text.split('`');
  return html`${parts.map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** The same for screen readers. */
export function spoken(text: string): string {
  return text.replaceAll('`', '');
}
