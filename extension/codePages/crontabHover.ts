import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { CrontabReading } from '../../server/api/codePages.ts';
import { duration } from '../../server/api/figures.ts';
import { requests } from '../../server/api/requests.ts';
import { asRange } from '../codeProblems/problemFixes.ts';
import type { Parts } from '../parts.ts';
import { hover } from '../shown/hover.ts';

/** Says of a crontab when it is due: "at 04:30 on Mondays (Europe/Berlin), next in 3 h 20 m". */
export const crontabHover = ({ code }: Pick<Parts, 'code'>): vscode.HoverProvider => ({
  provideHover: async (document, { line, character }) => {
    if (!document.getText().includes('crontab')) return null;
    const now = Date.now();
    const reading = await code.ask(requests.codeCrontab, { file: document.fileName, line, column: character, now });
    if (!reading) return null;
    const look = { title: titleOf(reading, now), description: '', facts: factsOf(reading), links: [] };
    return hover(look, asRange(reading.range));
  },
});

const titleOf = ({ sentence, zone, runs: [next] }: CrontabReading, now: number): string => {
  if (zone === null) return sentence;
  const where = t('{0} ({1})', sentence, zone);
  return next === undefined ? where : t('{0}, next in {1}', where, duration(Math.max(0, next - now) / 1000));
};

const factsOf = ({ zone, runs }: CrontabReading) =>
  zone === null
    ? [{ label: t('Time zone'), text: t('not set in the code of this workspace') }]
    : [{ label: t('Next runs'), text: runs.map((at) => momentIn(zone, at)).join(' · ') }];

const momentIn = (zone: string, at: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at);
