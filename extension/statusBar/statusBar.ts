import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandTo } from '../commands/commandTo.ts';
import { commandId } from '../commands/table.ts';
import { showsStatusBar } from '../config.ts';
import type { Area, Parts } from '../parts.ts';
import { affectsSetting } from '../setting.ts';
import { StatusItem } from '../shown/statusItem.ts';
import type { TooltipTable } from '../shown/tableMarkdown.ts';
import { statusMenu } from './statusMenu.ts';
import { type StatusRow, type StatusView, statusView } from './statusView.ts';

/** Figures that change ten times a second need not flicker in the corner of the eye; how the connection is shows at once. */
const soonMs = 500;
/** How long workers have been lost is checked so often. */
const lookEveryMs = 5_000;

/** The one item in the status bar: how the active connection is, at a glance; a click leads to everything else. */
export const startStatusBar = (parts: Parts): Area<'showConnectionMenu'> => {
  const command = commandId('showConnectionMenu');
  const item = new StatusItem({ id: 'celeriac.status', name: 'Celery', command, priority: 10 });
  let drawn = '';
  let timer: NodeJS.Timeout | null = null;
  const draw = (): void => {
    if (timer) clearTimeout(timer);
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
    parts.mirror.onDidChange(({ changes }) =>
      changes?.some(({ kind }) => kind === 'verdict' || kind === 'link') ? draw() : soon(),
    ),
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

const show = (item: StatusItem, { icon, text, figures, spoken, background, table }: StatusView): void =>
  item.show({ icon, text, figures, spoken, tooltip: tooltipOf(table), background });

const tooltipOf = (rows: readonly StatusRow[]): TooltipTable => {
  const words = [t('Connection'), t('State'), t('Workers')].map((title) => ({ title, isNumber: false }));
  const figures = [t('Active'), t('Queued'), t('New failures'), t('Alerts')].map((title) => ({
    title,
    isNumber: true,
  }));
  return {
    head: [...words, ...figures],
    rows: rows.map(({ name, state, workers, active, queued, failures, alerts }) => [
      name,
      state,
      workers,
      active,
      queued,
      failures,
      alerts,
    ]),
    links: [
      commandTo('openDashboard', t('Open Dashboard')),
      commandTo('showFailures', t('Show Failures')),
      commandTo('showAlerts', t('Show Alerts')),
      commandTo('inspectWorkers', t('Inspect Workers…')),
      commandTo('switchConnection', t('Switch Connection…')),
    ],
  };
};
