import { render, svg } from 'lit-html';
import type { App } from './app.ts';
import { diagramHeight } from './layout/layout.ts';
import { drawing } from './view/diagram.ts';

/** Room above the diagram for the names of the hosts. */
const NAMES_PX = 34;

/** Saves the whole diagram, as it is filtered now, as a picture that needs nothing else. */
export async function saveSvg(app: App): Promise<void> {
  const { layout, columns } = app.picture;
  const height = diagramHeight(layout);
  const whole = { top: Number.NEGATIVE_INFINITY, bottom: Number.POSITIVE_INFINITY, height };
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const names = columns.names.map(
    (name) =>
      svg`<text class="name" x=${columns.x(name)} y="-12" text-anchor="middle">${name}</text>`,
  );
  render(svg`${names}${drawing(app, layout.placed, whole)}`, element as unknown as HTMLElement);
  element.setAttribute('viewBox', `0 ${-NAMES_PX} ${columns.right} ${height + NAMES_PX}`);
  element.setAttribute('width', String(columns.right));
  element.setAttribute('height', String(height + NAMES_PX));
  const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
  style.textContent = await plainStyle();
  element.prepend(style);
  save(new XMLSerializer().serializeToString(element), 'socketlab.svg');
}

/** The diagram's style with the colours that are in use now: other programs know no custom properties. */
async function plainStyle(): Promise<string> {
  const style = await (await fetch('web/page/diagram.css')).text();
  const colours = new Colours();
  const plain = style
    .replace(/--c: [^;]*;/g, '')
    .replace(/var\((--[\w-]+)\)/g, (_, name: string) => colours.of(name));
  const paper = colours.of('--paper');
  colours.done();
  return `svg { background: ${paper}; }\n${plain}`;
}

/** Works out custom properties as the page shows them, light or dark. */
class Colours {
  readonly #probe = document.body.appendChild(document.createElement('i'));

  of(name: string): string {
    this.#probe.style.color = `var(${name})`;
    return getComputedStyle(this.#probe).color;
  }

  done(): void {
    this.#probe.remove();
  }
}

function save(content: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'image/svg+xml' }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
