import { t } from '@vscode/l10n';
import type { Alert } from '../../server/api/health.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { redact } from '../redact.ts';
import type { NodeView } from '../views/nodeView.ts';
import { clock, span } from '../views/wording.ts';
import { isMutedAlert } from './alertNodes.ts';
import { alertTitle } from './alertTitle.ts';

const icons: Readonly<Record<Alert['severity'], { readonly icon: string; readonly color: string }>> = {
  critical: { icon: 'error', color: 'problemsErrorIcon.foreground' },
  warning: { icon: 'warning', color: 'problemsWarningIcon.foreground' },
  info: { icon: 'info', color: 'problemsInfoIcon.foreground' },
};

/** What is the matter, how bad it is, by what figure and since when; the whole sentence is in the tooltip and below. */
export const alertView = (alert: Alert, cluster: ClusterSnapshot, now: number, several: boolean): NodeView => {
  const muted = isMutedAlert(alert, now);
  const words = [
    measureWords(alert),
    severityWords(alert.severity),
    t('for {0}', span(now - alert.since)),
    alert.acknowledgedAt === null ? '' : t('acknowledged'),
    muted ? mutedWords(alert, now) : '',
    several ? cluster.name : '',
  ];
  const lines = [
    redact(alert.sentence),
    redact(alert.recommendation),
    ...figureLines(alert),
    t('Since {0}, by the rule {1} on {2}', new Date(alert.since).toLocaleString(), alert.rule, cluster.name),
  ];
  return {
    label: redact(alertTitle(alert)),
    description: words.filter(Boolean).join(' · '),
    icon: muted ? 'bell-slash' : icons[alert.severity].icon,
    color: muted ? 'disabledForeground' : alert.acknowledgedAt === null ? icons[alert.severity].color : null,
    tooltip: lines.filter(Boolean),
    contextValue: `alert;${muted ? 'muted' : 'open'}`,
    expandable: 'closed',
  };
};

/** The whole sentence, and what to do about it. */
export const alertTextView = (kind: 'sentence' | 'recommendation', alert: Alert): NodeView => ({
  label: redact(alert[kind]),
  description: '',
  icon: kind === 'sentence' ? 'note' : 'lightbulb',
  color: null,
  tooltip: [redact(alert[kind])],
  contextValue: kind,
  expandable: 'no',
});

const severityWords = (severity: Alert['severity']): string =>
  ({ critical: t('critical'), warning: t('warning'), info: t('advice') })[severity];

const mutedWords = ({ mutedUntil }: Alert, now: number): string =>
  mutedUntil !== null && mutedUntil - now < 86_400_000 ? t('muted until {0}', clock(mutedUntil)) : t('muted');

/** "12, limit 5"; where one is already too many, the figure alone. */
const measureWords = ({ figure, threshold, unit }: Alert): string => {
  if (figure === null) return '';
  if (!threshold) return figureWords(figure, unit);
  return t('{0}, limit {1}', figureWords(figure, unit), figureWords(threshold, unit));
};

const figureLines = ({ figure, threshold, unit }: Alert): string[] => {
  if (figure === null || threshold === null) return [];
  return [t('Now {0}, the threshold is {1}', figureWords(figure, unit), figureWords(threshold, unit))];
};

const figureWords = (figure: number, unit: Alert['unit']): string => {
  switch (unit) {
    case 'seconds':
      return secondsWords(figure);
    case 'bytes':
      return `${(figure / 1_048_576).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
    case 'share':
      return `${(figure * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`;
    case 'perSecond':
      return `${figure.toLocaleString('en', { maximumFractionDigits: 1 })}/s`;
    case 'times':
      return `${figure.toLocaleString('en', { maximumFractionDigits: 1 })}×`;
    default:
      return figure.toLocaleString('en', { maximumFractionDigits: 1 });
  }
};

/** "0.4 s", "75 s", "5 m", "3 h 20 m": as exact as the engine's own sentence. */
const secondsWords = (seconds: number): string => {
  if (seconds < 120) return t('{0} s', Number(seconds.toFixed(seconds < 10 ? 1 : 0)));
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return t('{0} m', minutes);
  return [t('{0} h', Math.floor(minutes / 60)), minutes % 60 > 0 ? t('{0} m', minutes % 60) : ''].join(' ').trim();
};
