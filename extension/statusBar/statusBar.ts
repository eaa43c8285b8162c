import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandId } from '../commands/table.ts';
import { showsStatusBar } from '../config.ts';
import type { Area, Parts } from '../parts.ts';
import { affectsSetting } from '../setting.ts';
import { StatusItem } from '../shown/statusItem.ts';
import type { TooltipTable } from '../shown/tableMarkdown.ts';
import { statusMenu } from './statusMenu.ts';
import { type StatusRow, type StatusView, statusView } from './statusView.ts';

/** Figures that change ten times a second need not flicker in the corner of the eye. */
const soonMs = 500;
/** How long workers have been lost is looked at so often. */
const lookEveryMs = 5_000;

/** The one item in the status bar: how the active connection is, at a glance; a click leads to everything else. */
export const startStatusBar = (parts: Parts): Area<'showConnectionMenu'> => {
  const command = commandId('showConnectionMenu');
  const item = new StatusItem({ id: 'celeriac.status', name: 'Celery', command, priority: 10 });
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
    vscode.workspace.onDidChangeConfiguration((event) => affectsSetting(event, 'statusBar.enabled') && soon()),
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

const show = (item: StatusItem, { icon, text, spoken, isError, table }: StatusView): void =>
  item.show({ icon, text, spoken, tooltip: tooltipOf(table), background: isError ? 'error' : null });

const tooltipOf = (rows: readonly StatusRow[]): TooltipTable => {
  const words = [t('Connection'), t('State'), t('Workers')].map((title) => ({ title, isNumber: false }));
  const figures = [t('Active'), t('Queued'), t('Problems')].map((title) => ({ title, isNumber: true }));
  return {
    head: [...words, ...figures],
    rows: rows.map(({ name, state, workers, active, queued, problems }) => [
      name,
      state,
      workers,
      active,
      queued,
      problems,
    ]),
    foot: t('Select for what can be done.'),
  };
};
