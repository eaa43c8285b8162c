import { t } from '@vscode/l10n';
import type { ConnectionTest, StageResult, TestStage } from '../../server/api/connectionTest.ts';
import type { Mark } from '../shown/markIcon.ts';
import { plainLine } from '../shown/plainLine.ts';

/** A row of a list: a stage whose state is an icon, and a word beside it; or what to do about the one that failed. */
export interface TestRow {
  readonly label: string;
  readonly mark?: Mark;
  readonly icon?: string;
  readonly description: string;
}

/** A list cuts a row off where it ends, so what has to be read in whole is laid out over several. */
const rowWidth = 84;

export const testRows = ({ stages, brokerKind }: ConnectionTest): readonly TestRow[] =>
  stages.flatMap((result) => {
    const stage = { label: stageWords(result.stage, brokerKind), mark: marks[result.outcome] };
    if (result.outcome !== 'failed') return [{ ...stage, description: joined(outcomeWords(result), result.sentence) }];
    const rows = wrapped(result.sentence).map((line) => ({ label: line, icon: 'blank', description: '' }));
    return [{ ...stage, description: outcomeWords(result) }, ...rows];
  });

/** Why a test could not begin. */
export const problemRows = (problem: string): readonly TestRow[] =>
  wrapped(problem).map((line, index) => ({
    label: line,
    ...(index === 0 ? { mark: 'failed' as const } : { icon: 'blank' }),
    description: '',
  }));

const joined = (...words: readonly string[]): string => words.filter(Boolean).join(' · ');

const wrapped = (text: string): readonly string[] => {
  const lines: string[] = [];
  for (const word of plainLine(text).split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + word.length >= rowWidth) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
};

/** The result of the test in one line. */
export const testSummary = ({ stages, brokerKind, tookMs }: ConnectionTest): string => {
  const failed = stages.find(({ outcome }) => outcome === 'failed');
  if (!failed) return t('Connected: the broker and its workers answer ({0} ms)', tookMs);
  if (failed.stage === 'ping') return t('Connected, but no worker answers');
  return t('Failed at "{0}"', stageWords(failed.stage, brokerKind));
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

const marks = { ok: 'passed', failed: 'failed', skipped: 'skipped' } as const;

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
      return t('Look up host');
    case 'tcp':
      return t('Connect to port');
    case 'tls':
      return t('TLS handshake');
    case 'auth':
      return t('Sign in');
    case 'place':
      return { redis: t('Open database'), amqp: t('Open virtual host'), filesystem: t('Open folders') }[kind];
    case 'events':
      return t('Subscribe to events');
    case 'ping':
      return t('Ping workers');
    default:
      return stage satisfies never;
  }
};
