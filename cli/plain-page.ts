import { escapeMarkup } from '../lab/util/markup.ts';

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 24px; font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; }
main { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: 6px 12px; border: 1px solid light-dark(#dcd8d0, #32383e); text-align: center; }
tbody th { text-align: left; }
.passed { color: light-dark(#1b7045, #6fcf97); }
.failed, .failed a { color: light-dark(#b3261e, #ff8a80); font-weight: 700; }
`;

export interface PlainPage {
  readonly title: string;
  /** Markup, below the title. */
  readonly body: string;
  /** Besides that of all such pages. */
  readonly style?: string;
}

/** A page with tables, which needs no script. */
export function plainPage({ title, body, style = '' }: PlainPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}${style}</style>
</head>
<body>
<main>
<h1>${escapeMarkup(title)}</h1>
${body}
</main>
</body>
</html>
`;
}
