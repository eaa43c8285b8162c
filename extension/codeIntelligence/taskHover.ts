import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { MeantTask } from '../../server/api/code.ts';
import { asRange } from '../codeProblems/problemFixes.ts';
import { commandTo } from '../commands/commandTo.ts';
import type { Parts } from '../parts.ts';
import { few, joined, span } from '../rows/wording.ts';
import { hover } from '../shown/hover.ts';
import type { HoverLook } from '../shown/hoverMarkdown.ts';
import type { LiveFigures, LiveTask } from './liveFigures.ts';
import { taskAt } from './taskAt.ts';
import { failureWords, figuresWords, queueWords } from './taskWords.ts';

/** What the code and the active connection say of the task under the pointer. */
export const taskHover = (parts: Parts, live: LiveFigures): vscode.HoverProvider => ({
  provideHover: async (document, position) => {
    const meant = await taskAt(parts, document, position);
    if (!meant) return null;
    const known = await live.of(meant.name);
    const workers = known && (await live.workersOf(known.clusterId, meant.name));
    return hover(lookOf(meant, known, workers), asRange(meant.range));
  },
});

const lookOf = ({ name, card }: MeantTask, live: LiveTask | null, workers: readonly string[] | null): HoverLook => ({
  title: name,
  description: card === null ? t('Not defined in this workspace') : joined(card.signature, queueWords(card.queue)),
  facts: [
    ...(card === null ? [] : factsOfCode(card)),
    ...(live === null ? [{ label: t('Live'), text: t('not connected') }] : factsOfCluster(live, workers)),
  ],
  links: live === null ? [] : linksOf(name, live),
});

const factsOfCode = ({ options, schedules }: NonNullable<MeantTask['card']>): HoverLook['facts'] => [
  ...(options.length === 0
    ? []
    : [{ label: t('Options'), text: joined(...options.map(({ name, text }) => `${name}=${text}`)) }]),
  ...schedules.map(({ name, schedule, nextRunAt }) => ({
    label: t('Scheduled'),
    text: joined(name, schedule, nextRunAt !== null && t('next in {0}', span(Math.max(0, nextRunAt - Date.now())))),
  })),
];

const factsOfCluster = (
  { clusterName, figures, failures: [last] }: LiveTask,
  workers: readonly string[] | null,
): HoverLook['facts'] => [
  { label: clusterName, text: figures === null ? t('no runs in the last hour') : figuresWords(figures) },
  ...(last === undefined ? [] : [{ label: t('Last failure'), text: failureWords(last, Date.now()) }]),
  ...(workers === null
    ? []
    : [
        {
          label: t('Registered by'),
          text: workers.length === 0 ? t('no online worker') : few(workers),
        },
      ]),
];

const linksOf = (taskName: string, { clusterId, failures: [last] }: LiveTask): HoverLook['links'] => [
  commandTo('openDashboard', t('Open Dashboard'), { clusterId, taskName }),
  ...(last === undefined ? [] : [commandTo('showFailures', t('Show Failures'), { clusterId, failureId: last.id })]),
  commandTo('sendTask', t('Send Task…'), { clusterId, taskName }),
];
