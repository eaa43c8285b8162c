import type { ClusterSnapshot, Worker } from '../../server/api/model.ts';
import type { NodeView } from './nodeView.ts';
import { rights } from './rights.ts';
import { staleness } from './staleness.ts';
import { clock, span } from './wording.ts';
import { countWorkers } from './workerCounts.ts';

export const workersView = (snapshot: ClusterSnapshot, now: number): NodeView => {
  const { alive, lost, offline } = countWorkers(snapshot);
  const parts = [`${alive} online`, lost ? `${lost} lost` : '', offline ? `${offline} offline` : ''].filter(Boolean);
  const words = [staleness(snapshot, now), parts.join(', ')].filter(Boolean).join(' · ');
  const none = alive + lost + offline === 0;
  return {
    label: 'Workers',
    description: none ? noneWords(snapshot) : words,
    icon: 'server-process',
    color: null,
    tooltip: none
      ? 'No worker has sent an event yet. Start one with "celery worker -E", or enable events on those that run.'
      : `Workers: ${words}`,
    contextValue: 'workers',
    expandable: 'open',
  };
};

export const workerView = (worker: Worker, snapshot: ClusterSnapshot, now: number): NodeView => {
  const look = workerLook(worker);
  const stale = staleness(snapshot, now);
  const figures = figuresOf(worker);
  return {
    label: worker.hostname,
    description: [stale, look.words, ...figures].filter(Boolean).join(' · '),
    icon: look.icon,
    color: stale ? 'disabledForeground' : look.color,
    tooltip: workerTooltip(worker, now),
    contextValue: `worker;${worker.status};${rights(snapshot)}`,
    expandable: 'no',
  };
};

const workerLook = (worker: Worker): { words: string; icon: string; color: string } => {
  switch (worker.status) {
    case 'online':
      return { words: '', icon: 'pass', color: 'testing.iconPassed' };
    case 'late':
      return {
        words: `late, heard ${clock(worker.lastSeenAt)}`,
        icon: 'watch',
        color: 'problemsWarningIcon.foreground',
      };
    case 'lost':
      return { words: `lost, heard ${clock(worker.lastSeenAt)}`, icon: 'error', color: 'problemsErrorIcon.foreground' };
    case 'offline':
      return { words: `offline since ${clock(worker.statusSince)}`, icon: 'circle-slash', color: 'disabledForeground' };
    default:
      return worker.status satisfies never;
  }
};

const figuresOf = (worker: Worker): string[] => {
  if (worker.status === 'offline') return [];
  const load = worker.loadAverage?.[0];
  return [
    worker.active === null ? '' : `${worker.active} active`,
    worker.processed === null ? '' : `${worker.processed} total`,
    load === undefined ? '' : `load ${load.toFixed(1)}`,
  ].filter(Boolean);
};

const workerTooltip = (worker: Worker, now: number): string => {
  const software = worker.software;
  return [
    `${worker.hostname}: ${worker.status} for ${span(now - worker.statusSince)}`,
    `${worker.active ?? 'An unknown number of'} tasks running, ${worker.processed ?? 'an unknown number'} begun since it started`,
    `Last heard ${span(now - worker.lastSeenAt)} ago; its rhythm is a heartbeat every ${worker.heartbeatEverySeconds} s`,
    worker.pid === null ? '' : `Process ${worker.pid}`,
    software ? `${software.ident} ${software.version} on ${software.system}` : '',
    Math.abs(worker.clockDriftSeconds ?? 0) > 5 ? `Its clock is ${worker.clockDriftSeconds} s off ours` : '',
  ]
    .filter(Boolean)
    .join('\n\n');
};

const noneWords = (snapshot: ClusterSnapshot): string =>
  snapshot.link.kind === 'live' ? 'none heard of yet' : 'unknown until the broker is reached';
