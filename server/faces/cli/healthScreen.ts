import type { Check, Severity, Verdict } from '../../api/health.ts';
import { verdictWords } from '../../api/verdictWords.ts';

import type { Paint, Style } from '../../text/paint.ts';
import { type Column, table } from '../../text/table.ts';
import { plural, printable } from '../../text/wording.ts';
import { wrapText } from '../../text/wrapText.ts';
import { advice, type HealthView, unjudged } from './healthView.ts';

interface Page {
  readonly width: number;
  readonly paint: Paint;
  readonly isVerbose: boolean;
}

export const verdictStyles: Readonly<Record<Verdict['level'], Style>> = {
  healthy: 'green',
  degraded: 'yellow',
  unhealthy: 'red',
  unknown: 'dim',
};

const severities: Readonly<Record<Severity, readonly [string, Style | null]>> = {
  critical: ['critical', 'red'],
  warning: ['warning ', 'yellow'],
  info: ['advice  ', null],
};

const indent = '  ';

/** The verdict, its reasons with what to do about each, advice, and what could not be judged. */
export const healthScreen = (view: HealthView, page: Page): string[] => {
  const { verdict, maskedUrl } = view;
  const reasons = verdict.reasons.flatMap((reason) => entry(reason, verdict.level !== 'unknown', page));
  const hints = advice(view).flatMap((alert) => entry(alert, true, page));
  return [
    page.paint('bold', printable(maskedUrl)) +
      page.paint(verdictStyles[verdict.level], ` · ${verdictWords[verdict.state]}`),
    ...reasons,
    ...(page.isVerbose ? hints : []),
    ...(page.isVerbose ? ['', ...table(columnsOf(view), view.checks, page)] : []),
    ...closing(view, page),
  ];
};

const entry = (
  { severity, sentence, recommendation }: Verdict['reasons'][number] | ReturnType<typeof advice>[number],
  isNamed: boolean,
  { width, paint }: Page,
): string[] => {
  const [word, style] = severities[severity];
  const lead = isNamed ? `${word}  ` : '';
  const room = Math.max(20, width - indent.length - lead.length);
  const hang = indent + ' '.repeat(lead.length);
  const [first = '', ...rest] = wrapText(printable(sentence), room);
  return [
    indent + paint(style, lead) + first,
    ...rest.map((line) => hang + line),
    ...wrapText(printable(recommendation), room).map((line) => hang + paint('dim', line)),
  ];
};

const closing = (view: HealthView, { width, paint, isVerbose }: Page): string[] => {
  const missing = unjudged(view);
  const hidden = isVerbose ? 0 : advice(view).length;
  const sentences = [
    hidden > 0 ? `${hidden === 1 ? 'One piece' : `${hidden} pieces`} of advice hidden: use --verbose.` : '',
    missing.length > 0 && view.seconds === null
      ? `A single check cannot measure rates and durations (${plural(missing.length, 'rule')}): use --seconds N to listen first.`
      : '',
    missing.length > 0 && view.seconds !== null
      ? `Not enough data for ${plural(missing.length, 'rule')}${isVerbose ? '' : '; use --verbose to list them'}.`
      : '',
  ].filter((sentence) => sentence !== '');
  return sentences.flatMap((sentence) => wrapText(sentence, width)).map((line) => paint('dim', line));
};

const columnsOf = (view: HealthView): readonly Column<Check>[] => [
  { header: 'RULE', text: ({ rule }) => rule },
  {
    header: 'IS',
    text: (check) => stateOf(check, unjudged(view).includes(check)),
    style: ({ raised }) => (raised === null ? null : severities[raised][1]),
  },
  { header: 'WORST', text: ({ worst }) => worst ?? '', align: 'right' },
  { header: 'LIMIT', text: ({ limit }) => limit ?? '', align: 'right' },
  { header: 'WATCHES', text: ({ watches }) => watches, narrowest: 20 },
];

/** A rule of one look that has no subjects, such as no queue of its kind, has nothing against it. */
const stateOf = ({ isOn, raised, subjects }: Check, isUnjudged: boolean): string => {
  if (!isOn) return 'off';
  if (raised !== null) return raised === 'info' ? 'advice' : raised;
  return isUnjudged ? 'not judged' : subjects === 0 ? 'none' : 'well';
};
