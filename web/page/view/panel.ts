import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../app.ts';
import type { Tab } from '../app-state.ts';
import { count } from '../format.ts';
import { onTabKey } from '../keyboard.ts';
import { countFaults } from '../path-faults.ts';
import { breakPanel } from './break-panel.ts';
import { conversationList } from './conversation-list.ts';
import { details } from './details.ts';
import { heldPanel } from './held-panel.ts';
import { reportPanel } from './report-panel.ts';

const tabs: readonly { tab: Tab; name: string; needs?: 'isOfLab' | 'report' }[] = [
  { tab: 'report', name: 'Report', needs: 'report' },
  { tab: 'step', name: 'Step' },
  { tab: 'conversations', name: 'Conversations' },
  { tab: 'break', name: 'Break', needs: 'isOfLab' },
];

/** What is known of the selected step, and what can be done; on a phone a sheet that comes up from below. */
export function panel(app: App): TemplateResult {
  const shown = tabs.filter(({ needs }) => needs === undefined || app[needs]);
  return html`
    <aside class="panel ${app.isSheetOpen ? 'open' : ''}" aria-label="Details">
      <div class="tabs">
        <div
          role="tablist"
          @keydown=${(event: KeyboardEvent) =>
            onTabKey(
              app,
              event,
              shown.map(({ tab }) => tab),
            )}
        >
          ${shown.map((one) => tabButton(one, app))}
        </div>
        <button
          class="quiet fold"
          aria-label=${app.isSheetOpen ? 'Close the details' : 'Open the details'}
          aria-expanded=${app.isSheetOpen}
          @click=${() => app.change({ isSheetOpen: !app.isSheetOpen })}
        >
          ${app.isSheetOpen ? '▾' : '▴'}
        </button>
      </div>
      <div class="content" role="tabpanel" id="panel" tabindex="0" aria-labelledby="tab-${app.tab}">
        ${content(app)}
      </div>
    </aside>
  `;
}

function tabButton({ tab, name }: { tab: Tab; name: string }, app: App): TemplateResult {
  const waiting = tab === 'break' ? (app.held?.waiting ?? 0) : 0;
  const faults = tab === 'break' && app.canAct ? countFaults(app.controls.faults) : 0;
  return html`
    <button
      role="tab"
      id="tab-${tab}"
      data-testid="tab-${tab}"
      aria-selected=${app.tab === tab}
      tabindex=${app.tab === tab ? 0 : -1}
      aria-controls="panel"
      @click=${() => app.change({ tab, isSheetOpen: true })}
    >
      ${name}${waiting > 0 ? html` <b class="badge">${waiting} held</b>` : nothing}
      ${faults > 0 ? html`<b class="badge" data-testid="fault-count">${count(faults, 'fault')}</b>` : nothing}
    </button>
  `;
}

function content(app: App): TemplateResult {
  switch (app.tab) {
    case 'report':
      return reportPanel(app);
    case 'step':
      return details(app);
    case 'conversations':
      return conversationList(app);
    case 'break':
      return html`${heldPanel(app)}${breakPanel(app)}`;
  }
}
