import { t } from '@vscode/l10n';
import { bytes, decimal, duration, percent, rate } from '../../server/api/figures.ts';
import type { Alert } from '../../server/api/health.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { redact } from '../../server/api/redact.ts';
import { lastKnownAt, staleness } from '../clusters/staleness.ts';
import type { DriftBook } from '../codePages/driftBook.ts';
import { commandTo } from '../commands/commandTo.ts';
import { errorColor, lines, type RowLook, sentenceLook, staleColor, warningColor } from '../rows/rowLook.ts';
import type { RowKind } from '../rows/rows.ts';
import { clock, joined, span } from '../rows/wording.ts';
import { isMutedAlert } from './alertsOf.ts';
import { alertTitle } from './alertTitle.ts';

interface OfAlert {
  readonly alertId: string;
}

/** By its place among those of its connection. */
interface OfDrift {
  readonly at: number;
}

/** What a row of each kind names, besides its connection. */
interface Subjects {
  readonly verdict: unknown;
  readonly alert: OfAlert;
  readonly sentence: OfAlert;
  readonly recommendation: OfAlert;
  readonly drift: OfDrift;
  readonly driftAdvice: OfDrift;
}

type Kind = keyof Subjects;
type Text = 'sentence' | 'recommendation';

/** A row of the Alerts view: how a connection is, an alert, or one of its texts below it. */
export type AlertNode<K extends Kind = Kind> = {
  readonly [L in K]: { readonly kind: L; readonly clusterId: string } & Subjects[L];
}[K];

/** What the Alerts view is made from, as it is now. */
export interface AlertSource {
  readonly snapshots: ReadonlyMap<string, ClusterSnapshot>;
  readonly drift: Pick<DriftBook, 'of'>;
  showsMuted: boolean;
}

/** An alert; a click leads to its source. */
export const alert: RowKind<AlertNode<'alert'>, AlertSource, AlertNode> = {
  key: ({ clusterId, alertId }) => `alert:${clusterId}:${alertId}`,
  look(node, { snapshots }, now) {
    const cluster = snapshots.get(node.clusterId);
    const subject = cluster?.alerts[node.alertId];
    if (!cluster || !subject) return overLook();
    const look = alertLook(subject, cluster, now, snapshots.size > 1);
    return { ...look, command: commandTo('showAlert', t('Go to Alert Source'), node) };
  },
  children({ clusterId, alertId }, { snapshots }) {
    const subject = snapshots.get(clusterId)?.alerts[alertId];
    const texts = (['sentence', 'recommendation'] as const).filter((kind) => subject?.[kind]);
    return texts.map((kind) => ({ kind, clusterId, alertId }));
  },
};

/** Its whole sentence, or what to do about it. */
const alertText = <K extends Text>(kind: K, icon: string): RowKind<AlertNode<K>, AlertSource, AlertNode> => ({
  key: ({ clusterId, alertId }) => `${kind}:${clusterId}:${alertId}`,
  look({ clusterId, alertId }, { snapshots }) {
    const subject = snapshots.get(clusterId)?.alerts[alertId];
    return subject ? sentenceLook({ label: redact(subject[kind]), icon, contextValue: kind }) : overLook();
  },
  parent: ({ clusterId, alertId }) => ({ kind: 'alert', clusterId, alertId }),
});
export const sentence = alertText('sentence', 'note');
export const recommendation = alertText('recommendation', 'lightbulb');

const overLook = (): RowLook => ({
  label: t('This alert has ended.'),
  icon: 'pass',
  contextValue: 'over',
  tooltip: () => [],
});

const icons: Readonly<Record<Alert['severity'], { readonly icon: string; readonly color: string }>> = {
  critical: { icon: 'error', color: errorColor },
  warning: { icon: 'warning', color: warningColor },
  info: { icon: 'info', color: 'problemsInfoIcon.foreground' },
};

/** What the problem is, its figure, how severe it is and since when; the whole sentence is in the tooltip and below. */
export const alertLook = (subject: Alert, cluster: ClusterSnapshot, now: number, several: boolean): RowLook => {
  const muted = isMutedAlert(subject, now);
  const { icon, color } = icons[subject.severity];
  const stale = staleness(cluster, now);
  return {
    label: redact(alertTitle(subject)),
    description: joined(
      stale,
      measureWords(subject),
      severityWords(subject.severity),
      t('for {0}', span(lastKnownAt(cluster, now) - subject.since)),
      subject.acknowledgedAt !== null && t('acknowledged'),
      muted && mutedWords(subject, now),
      several && cluster.name,
    ),
    icon: muted ? 'bell-slash' : icon,
    color: muted || stale ? staleColor : subject.acknowledgedAt === null ? color : null,
    contextValue: `alert;${muted ? 'muted' : 'open'}`,
    expandable: 'closed',
    tooltip: () =>
      lines(
        redact(subject.sentence),
        redact(subject.recommendation),
        ...figureLines(subject),
        t('Since {0} · rule {1} · {2}', new Date(subject.since).toLocaleString(), subject.rule, cluster.name),
      ),
  };
};

const severityWords = (severity: Alert['severity']): string =>
  ({ critical: t('critical'), warning: t('warning'), info: t('info') })[severity];

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
  return [t('Now {0}, threshold {1}', figureWords(figure, unit), figureWords(threshold, unit))];
};

const figureWords = (figure: number, unit: Alert['unit']): string => {
  switch (unit) {
    case 'seconds':
      return duration(figure);
    case 'bytes':
      return bytes(figure);
    case 'share':
      return percent(figure);
    case 'perSecond':
      return rate(figure);
    case 'times':
      return `${decimal(figure)}×`;
    default:
      return decimal(figure);
  }
};
