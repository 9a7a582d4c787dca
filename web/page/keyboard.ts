import type { App } from './app.ts';
import type { Tab } from './app-state.ts';
import { KEYS } from './decisions.ts';
import type { Player } from './player.ts';

const PAGE = 10;

/** Keys of the diagram: from step to step, and along cause and effect. */
export function onKey(app: App, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { placed, indexOf } = app.picture.layout;
  const now = app.selected === undefined ? undefined : indexOf.get(app.selected);
  const last = placed.length - 1;
  const target: Readonly<Record<string, number | undefined>> = {
    ArrowDown: now === undefined ? last : Math.min(now + 1, last),
    ArrowUp: now === undefined ? last : Math.max(now - 1, 0),
    PageDown: Math.min((now ?? last) + PAGE, last),
    PageUp: Math.max((now ?? last) - PAGE, 0),
    Home: 0,
    End: last,
    ArrowRight: linked(app, ['caused', 'completed', 'repeated-by', 'reported-by']),
    ArrowLeft: linked(app, ['caused-by', 'completed-by', 'repeats', 'reports']),
  };
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    document.getElementById('panel')?.focus();
    return;
  }
  if (!Object.hasOwn(target, event.key)) return;
  event.preventDefault();
  const step = placed[target[event.key] ?? -1]?.step;
  if (step !== undefined) app.show(step.id);
}

function linked(app: App, kinds: readonly string[]): number | undefined {
  const link = app.selectedStep?.links.find(({ kind }) => kinds.includes(kind));
  return link && app.picture.layout.indexOf.get(link.to.id);
}

/** Keys of the whole page, wherever the focus is, except in a text field. */
export function onPageKey(app: App, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === 'Escape') leavePanel(app);
  if (!app.singleKeys.isOn) return;
  if (event.key === 'p' && app.player) playOrFinish(app.player);
  else if (event.key === 'p' && app.isFollowing) app.pause();
  else if (event.key === 'p') app.follow();
  const first = app.held?.packets.find(({ number }) => !app.controls.isDecided(number));
  const key = KEYS.find((one) => one.key === event.key);
  if (app.canAct && first && key) void app.controls.decide(key.decision(first.number));
}

function playOrFinish(player: Player): void {
  if (player.isPlaying) player.finish();
  else player.play();
}

function leavePanel(app: App): void {
  app.change({ isSheetOpen: false });
  if (document.activeElement?.closest('.panel')) document.getElementById('diagram')?.focus();
}

/** Keys of the tabs, as in the ARIA Authoring Practices: arrows go from one to the next. */
export function onTabKey(app: App, event: KeyboardEvent, tabs: readonly Tab[]): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by === undefined) return;
  const tab = tabs.at((tabs.indexOf(app.tab) + by) % tabs.length) ?? app.tab;
  app.change({ tab });
  document.getElementById(`tab-${tab}`)?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}
