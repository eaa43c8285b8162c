import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandId } from '../commands/table.ts';
import { showsStatusBar } from '../config.ts';
import type { Area, Parts } from '../parts.ts';
import { statusMenu } from './statusMenu.ts';
import { type StatusRow, type StatusView, statusView } from './statusView.ts';

/** Figures that change ten times a second need not flicker in the corner of the eye. */
const soonMs = 500;
/** How long workers have been lost is looked at so often. */
const lookEveryMs = 5_000;

/** The one item in the status bar: how the active connection is, at a glance; a click leads to everything else. */
export const startStatusBar = (parts: Parts): Area<'showConnectionMenu'> => {
  const item = vscode.window.createStatusBarItem('celeriac.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Celery';
  item.command = commandId('showConnectionMenu');
  let drawn = '';
  let timer: NodeJS.Timeout | null = null;
  const draw = (): void => {
    timer = null;
    const view = showsStatusBar() ? statusView(parts.active.snapshot, parts.mirror.snapshots, Date.now()) : null;
    const look = JSON.stringify(view);
    if (look === drawn) return;
    drawn = look;
    if (view) show(item, view);
    else item.hide();
  };
  const soon = (): void => {
    timer ??= setTimeout(draw, soonMs);
  };
  const looking = setInterval(soon, lookEveryMs);
  const listeners = [
    item,
    parts.mirror.onDidChange(soon),
    parts.active.onDidChange(soon),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('celeriac.statusBar') && soon()),
  ];
  return {
    commands: { showConnectionMenu: () => statusMenu(parts.active.snapshot) },
    dispose: () => {
      clearInterval(looking);
      if (timer) clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
    },
  };
};

const show = (item: vscode.StatusBarItem, view: StatusView): void => {
  item.text = view.text;
  item.tooltip = tooltipOf(view.table);
  item.accessibilityInformation = { label: view.spoken };
  item.backgroundColor = view.isError ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
  item.show();
};

const tooltipOf = (rows: readonly StatusRow[]): vscode.MarkdownString => {
  const head = [t('Connection'), t('State'), t('Workers'), t('Active'), t('Queued'), t('Problems')];
  const lines = [head, head.map((_, index) => (index < 3 ? ':--' : '--:'))];
  for (const { name, state, workers, active, queued, problems } of rows)
    lines.push([name, state, workers, active, queued, problems].map(cell));
  const tooltip = new vscode.MarkdownString(lines.map((each) => `| ${each.join(' | ')} |`).join('\n'));
  tooltip.appendMarkdown(`\n\n${t('Select for what can be done.')}`);
  return tooltip;
};

/** A name may hold any sign that Markdown takes for its own. */
const cell = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, '\\$&');
