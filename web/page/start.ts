import { render } from 'lit-html';
import { App } from './app.ts';
import { onPageKey } from './keyboard.ts';
import { Scroll } from './scroll.ts';
import { moveDots } from './view/dots.ts';
import { page } from './view/page.ts';

/** An app that is drawn into the document, now and whenever it changes. */
export function startApp(): App {
  const app = new App(draw);
  const scroll = new Scroll(app);
  const isStill = matchMedia('(prefers-reduced-motion: reduce)');
  function draw(): void {
    scroll.foresee();
    render(page(app), document.body);
    scroll.settle();
    if (!isStill.matches) moveDots(app);
  }
  document.addEventListener('keydown', (event) => onPageKey(app, event));
  draw();
  return app;
}
