import { t } from '@vscode/l10n';
import type { ConnectionTest, StageResult, TestStage } from '../../server/api/connectionTest.ts';

/** A stage as a row of a list: its state is an icon, and a word beside it. */
export interface TestRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

export const testRows = ({ stages, brokerKind }: ConnectionTest): readonly TestRow[] =>
  stages.map((result) => ({
    label: `$(${icons[result.outcome]}) ${stageWords(result.stage, brokerKind)}`,
    description: outcomeWords(result),
    detail: result.sentence,
  }));

/** What the test came to, in one line. */
export const testSummary = ({ stages, brokerKind, tookMs }: ConnectionTest): string => {
  const failed = stages.find(({ outcome }) => outcome === 'failed');
  if (!failed) return t('All is well: the broker is reached and workers answer ({0} ms)', tookMs);
  if (failed.stage === 'ping') return t('The broker is reached, but no worker answers');
  return t('It ends at "{0}"', stageWords(failed.stage, brokerKind));
};

/** The test as text, for a colleague or a bug report. */
export const testText = (name: string, test: ConnectionTest): string => {
  const signs = { ok: '✓', failed: '✗', skipped: '–' };
  const lines = test.stages.map((result) => {
    const took = result.tookMs === null ? '' : ` (${result.tookMs} ms)`;
    return `${signs[result.outcome]} ${stageWords(result.stage, test.brokerKind)}${took}: ${result.sentence}`;
  });
  return [`${name} · ${test.maskedUrl}`, testSummary(test), ...lines, ''].join('\n');
};

const icons = { ok: 'pass-filled', failed: 'error', skipped: 'circle-slash' } as const;

const outcomeWords = ({ outcome, tookMs }: StageResult): string => {
  switch (outcome) {
    case 'ok':
      return t('ok · {0} ms', tookMs ?? 0);
    case 'failed':
      return t('failed after {0} ms', tookMs ?? 0);
    case 'skipped':
      return t('skipped');
    default:
      return outcome satisfies never;
  }
};

const stageWords = (stage: TestStage, kind: ConnectionTest['brokerKind']): string => {
  switch (stage) {
    case 'dns':
      return t('Look up the name');
    case 'tcp':
      return t('Reach the port');
    case 'tls':
      return t('Encrypt (TLS)');
    case 'auth':
      return t('Sign in');
    case 'place':
      return { redis: t('Open the database'), amqp: t('Open the virtual host'), filesystem: t('Open the folders') }[
        kind
      ];
    case 'events':
      return t('Hear the events');
    case 'ping':
      return t('Ping the workers');
    default:
      return stage satisfies never;
  }
};
