import { t } from '@vscode/l10n';
import type { FailureGroup, FailureOccurrence } from '../../server/api/failures.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { Redactor } from '../../server/api/redactor.ts';
import { failureTitle } from './failureGroup.ts';

const longestTraceback = 20_000;

/** A failure as text for a bug report: Markdown, without secrets as far as their names tell. */
export const failureReport = (
  group: FailureGroup,
  latest: FailureOccurrence | null,
  cluster: Pick<ClusterSnapshot, 'name' | 'environment' | 'brokerKind' | 'workers'>,
  redactor: Redactor,
): string => {
  const versions = [...new Set(group.workers.map((name) => cluster.workers[name]?.software?.version))].filter(Boolean);
  const facts: readonly (readonly [string, string | null])[] = [
    [t('Task'), group.taskName && `\`${group.taskName}\``],
    [t('Count'), `${group.count}`],
    [t('First'), new Date(group.firstSeenAt).toISOString()],
    [t('Last'), new Date(group.lastSeenAt).toISOString()],
    [t('Raised in'), group.frame && `\`${group.frame.function}\` (${group.frame.file}:${group.frame.line})`],
    [t('Workers'), group.workers.join(', ') || null],
    ['Celery', versions.join(', ') || null],
    [t('Connection'), `${cluster.name} (${cluster.environment}, ${cluster.brokerKind})`],
    [t('Last task'), `\`${group.lastTaskId}\``],
    ['args', latest?.args ? `\`${latest.args}\`` : null],
    ['kwargs', latest?.kwargs ? `\`${latest.kwargs}\`` : null],
  ];
  const lines = facts.filter(([, value]) => value !== null).map(([name, value]) => `- ${name}: ${value}`);
  const traceback = (latest?.traceback ?? latest?.exception ?? '').slice(0, longestTraceback).trimEnd();
  const fence = '`'.repeat(Math.max(3, ...(traceback.match(/`+/g) ?? []).map((run) => run.length + 1)));
  const body = traceback ? `\n${fence}python-traceback\n${traceback}\n${fence}\n` : '';
  return redactor.text(`### ${failureTitle(group)}\n\n${lines.join('\n')}\n${body}`);
};
