import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PageAddress } from '../../server/api/page.ts';
import { rowTarget } from '../commands/rowTarget.ts';
import { PagePanels } from '../dashboard/pagePanels.ts';
import type { Area, Parts } from '../parts.ts';
import { CodeStatus } from './codeStatus.ts';
import { crontabHover } from './crontabHover.ts';
import { DriftWatch } from './driftWatch.ts';

/** What the workspace's code shows beside the text: the graph of its tasks, its schedules in words, and what was read of it. */
export const startCodePages = (parts: Parts): Area<'openWorkflow' | 'showCodeStatus'> => {
  const panels = new PagePanels(parts, {
    viewType: 'celeriac.workflow',
    titleOf: () => t('Workflow'),
    restore: (kept) => addressOf(rowTarget(kept).clusterId),
  });
  panels.start();
  const status = new CodeStatus(parts);
  status.start();
  const drift = new DriftWatch(parts);
  drift.start();
  const hover = vscode.languages.registerHoverProvider({ language: 'python', scheme: 'file' }, crontabHover(parts));
  return {
    commands: {
      openWorkflow: async (row) => {
        await parts.connections.firstOpened;
        panels.open(addressOf(row.clusterId ?? parts.active.clusterId));
      },
      showCodeStatus: () => status.choose(),
    },
    dispose: () => {
      hover.dispose();
      drift.dispose();
      status.dispose();
      panels.dispose();
    },
  };
};

const addressOf = (clusterId: string | null): PageAddress => ({ kind: 'graph', clusterId: clusterId ?? '' });
