import { t } from '@vscode/l10n';
import type { AlertEntry } from '../../server/api/history.ts';
import { redact } from '../../server/api/redact.ts';
import { span } from '../rows/wording.ts';

/** Alerts as lines: when, how long, how bad, and what was said. */
export const alertHistoryText = (name: string, entries: readonly AlertEntry[], now: number): string => {
  if (entries.length === 0) return `${t('No alert has been raised on {0}, as far as is kept.', name)}\n`;
  const open = entries.filter(({ resolvedAt }) => resolvedAt === null).length;
  const head = t('{0} alerts on {1}, {2} of them not over', entries.length, name, open);
  return `${head}\n\n${entries.map((entry) => lineOf(entry, now)).join('\n')}\n`;
};

const lineOf = ({ raisedAt, resolvedAt, severity, sentence }: AlertEntry, now: number): string => {
  const lasted = span((resolvedAt ?? now) - raisedAt);
  const end = resolvedAt === null ? t('for {0} and still', lasted) : t('for {0}', lasted);
  const at = new Date(raisedAt).toISOString().replace('T', ' ').slice(0, 19);
  return redact(`${at}Z  ${severity.padEnd(8)}  ${end.padEnd(16)}  ${sentence}`);
};
