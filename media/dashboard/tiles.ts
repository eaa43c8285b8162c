import { t } from '@vscode/l10n';
import type { Dashboard } from '../../server/api/dashboard.ts';
import { count, duration, percent, rate } from '../../server/api/figures.ts';
import { slotsOf } from './charts/panels.ts';
import { severityOf } from './thresholds.ts';

export interface Tile {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** What stands below in small. */
  readonly detail: string;
  readonly severity: 'warning' | 'critical' | null;
}

/** How it stands now, in seven figures. */
export const tilesOf = (dashboard: Dashboard): readonly Tile[] => [
  workersTile(dashboard),
  activeTile(dashboard),
  queuedTile(dashboard),
  rateTile(dashboard),
  failureTile(dashboard),
  runtimeTile(dashboard),
  lagTile(dashboard),
];

const workersTile = ({ now, workers }: Dashboard): Tile => {
  const silent = workers.filter(({ status }) => status === 'lost').length;
  const late = workers.filter(({ status }) => status === 'late').length;
  const words = [silent > 0 ? t('{0} lost', count(silent)) : '', late > 0 ? t('{0} late', count(late)) : ''].filter(
    Boolean,
  );
  return {
    id: 'workers',
    label: t('Workers'),
    value: `${count(now.workersOnline)}/${count(now.workersKnown)}`,
    detail: words.join(', ') || (now.workersKnown === 0 ? t('none yet') : t('online')),
    severity: now.workersKnown > 0 && now.workersOnline === 0 ? 'critical' : words.length > 0 ? 'warning' : null,
  };
};

const activeTile = (dashboard: Dashboard): Tile => {
  const { active } = dashboard.now;
  const slots = slotsOf(dashboard);
  const parts = { id: 'active', label: t('Active'), value: count(active) };
  if (slots === 0) return { ...parts, detail: t('running now'), severity: null };
  // More than there is room for: the pool has changed, or a worker has not been asked since.
  if (active > slots)
    return { ...parts, detail: t('more than the {0} known slots', count(slots)), severity: 'warning' };
  const share = percent(active / slots);
  const detail = slots === 1 ? t('{0} of 1 slot', share) : t('{0} of {1} slots', share, count(slots));
  return { ...parts, detail, severity: null };
};

/** Marked by its deepest queue: a rule is about one queue, not about all of them together. */
const queuedTile = ({ now, queues, thresholds }: Dashboard): Tile => ({
  id: 'queued',
  label: t('Queued'),
  value: now.queued === null ? '–' : `${count(now.queued)}${trendOf(now.queuedGrowthPerSecond)}`,
  detail: queuedDetail(now),
  severity: severityOf(queues.deepest, thresholds.queueDepth),
});

const isFlat = (growth: number | null): boolean => growth === null || Math.abs(growth) < 0.05;

const trendOf = (growth: number | null): string => (growth === null || isFlat(growth) ? '' : growth > 0 ? ' ↑' : ' ↓');

const queuedDetail = ({ queued, queuedGrowthPerSecond: growth, drainSeconds }: Dashboard['now']): string => {
  if (queued === null) return t('not reported by the broker');
  if (queued === 0 || growth === null || isFlat(growth)) return t('steady');
  if (growth > 0) return t('growing by {0}', rate(growth));
  return drainSeconds === null ? t('shrinking') : t('empty in {0}', duration(drainSeconds));
};

const rateTile = ({ now: { window } }: Dashboard): Tile => {
  const ended = window.succeeded + window.failed + window.retried;
  const perSecond = ended === 0 ? 0 : (window.perSecond * window.succeeded) / ended;
  return {
    id: 'rate',
    label: t('Succeeded'),
    value: rate(perSecond),
    detail: t('{0} in the last 5 min', count(window.succeeded)),
    severity: null,
  };
};

const failureTile = ({ now: { window }, thresholds }: Dashboard): Tile => ({
  id: 'failures',
  label: t('Failed'),
  value: window.failureRate === null ? '–' : percent(window.failureRate),
  detail: t('{0} failed, {1} retried in 5 min', count(window.failed), count(window.retried)),
  severity: severityOf(window.failureRate, thresholds.failureRate),
});

const runtimeTile = ({ now: { window }, thresholds }: Dashboard): Tile => ({
  id: 'p95',
  label: t('Runtime p95'),
  value: window.runtime.p95 === null ? '–' : duration(window.runtime.p95),
  detail: window.wait.p95 === null ? t('last 5 min') : t('wait p95 {0}, last 5 min', duration(window.wait.p95)),
  severity: severityOf(window.runtime.p95, thresholds.slowTasks),
});

const lagTile = ({ now, at, link }: Dashboard): Tile => {
  const seconds = now.lastEventAt === null ? null : Math.max(0, (at - now.lastEventAt) / 1000);
  const isBehind = now.backlog > 1_000;
  return {
    id: 'lag',
    label: t('Lag'),
    value: now.backlog > 0 ? t('{0} events', count(now.backlog)) : link.kind === 'live' ? t('live') : '–',
    detail:
      seconds === null
        ? t('no events yet')
        : seconds < 2
          ? t('last event just now')
          : t('last event {0} ago', duration(Math.round(seconds))),
    severity: isBehind ? 'warning' : null,
  };
};
