import { nothing, render, type SVGTemplateResult, svg, type TemplateResult } from 'lit-html';
import type { App } from './app.ts';
import { count } from './format.ts';
import type { Columns } from './layout/columns.ts';
import { excerpt } from './layout/excerpt.ts';
import { diagramHeight, layout } from './layout/layout.ts';
import { drawing } from './view/diagram.ts';
import { moreHosts } from './view/step-words.ts';

/** Room above the diagram for the names of the hosts, and below it for what is left out. */
const NAMES_PX = 54;
const FOOT_PX = 20;
/** Each takes up to 100 pixels, and many programs show no picture that is higher than 32,767. */
const STEPS_MAX = 300;

/** Saves the filtered diagram around the view, as a picture that needs no other file. */
export async function saveSvg(app: App): Promise<void> {
  const { columns } = app.picture;
  const { steps, before, after } = excerpt(app.picture.layout, seen(app), STEPS_MAX);
  const picture = { ...app.picture, layout: layout(steps, app.clock) };
  const height = diagramHeight(picture.layout);
  const whole = { top: Number.NEGATIVE_INFINITY, bottom: Number.POSITIVE_INFINITY, height };
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const names = columns.names.map(
    (name) =>
      svg`<text class="name" x=${columns.x(name)} y="-32" text-anchor="middle">${name}</text>`,
  );
  if (columns.othersX !== undefined) names.push(othersName(columns, columns.othersX));
  const drawn = drawing(app, picture, { placed: picture.layout.placed, ...whole });
  const leftOut = [
    before > 0 ? note(`${count(before, 'step')} before these left out`, -8, columns) : nothing,
    after > 0 ? note(`${count(after, 'step')} after these left out`, height + 8, columns) : nothing,
  ];
  render(svg`${names}${leftOut}${drawn}`, element as unknown as HTMLElement);
  const fullHeight = NAMES_PX + height + FOOT_PX;
  element.setAttribute('viewBox', `0 ${-NAMES_PX} ${columns.right} ${fullHeight}`);
  element.setAttribute('width', String(columns.right));
  element.setAttribute('height', String(fullHeight));
  const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
  style.textContent = await plainStyle();
  element.prepend(style);
  save(new XMLSerializer().serializeToString(element), 'socketlab.svg');
}

function othersName({ names, others }: Columns, x: number): SVGTemplateResult {
  return svg`<text class="left-out" x=${x} y="-32" text-anchor="middle">${moreHosts(others.size, names.length)}</text>`;
}

/** A list has no part of the diagram in view: then it is the end. */
function seen({ view: { top, height }, isList }: App): { top: number; bottom: number } {
  const from = isList ? Number.POSITIVE_INFINITY : top;
  return { top: from, bottom: from + height };
}

function note(words: string, y: number, { left, right }: Columns): TemplateResult {
  return svg`<text class="left-out" x=${(left + right) / 2} y=${y} text-anchor="middle">${words}</text>`;
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
