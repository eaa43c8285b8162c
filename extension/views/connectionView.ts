import type { ClusterSnapshot, LinkState } from '../../server/api/model.ts';
import type { NodeView } from './nodeView.ts';
import { rights } from './rights.ts';
import { clock, plural } from './wording.ts';
import { countWorkers } from './workerCounts.ts';

export const connectionView = (snapshot: ClusterSnapshot, now: number): NodeView => {
  const { link, name, maskedUrl } = snapshot;
  const look = linkLook(link, snapshot, now);
  const lines = [`${name}: ${look.words}`, maskedUrl];
  if (link.kind === 'live') {
    lines.push(`${link.server.product} ${link.server.version ?? ''}`.trim());
    if (link.blocked) lines.push(link.blocked);
  }
  if (link.kind === 'lost') lines.push(link.reason.sentence, `Attempt ${link.attempt + 1} follows.`);
  lines.push(...lossLines(snapshot));
  return {
    label: name,
    description: look.words,
    icon: look.icon,
    color: look.color,
    tooltip: lines.join('\n\n'),
    contextValue: `connection;${link.kind === 'live' ? 'connected' : 'disconnected'};${rights(snapshot)}${link.kind === 'disconnected' ? ';idle' : ''}`,
    expandable: link.kind === 'disconnected' ? 'no' : 'open',
  };
};

/** State in words first; the icon and its colour say it again. */
const linkLook = (
  link: LinkState,
  snapshot: ClusterSnapshot,
  now: number,
): { words: string; icon: string; color: string | null } => {
  switch (link.kind) {
    case 'disconnected':
      return { words: 'disconnected', icon: 'debug-disconnect', color: null };
    case 'connecting':
      return link.attempt > 1
        ? { words: `connecting, attempt ${link.attempt}…`, icon: 'sync~spin', color: null }
        : { words: 'connecting…', icon: 'sync~spin', color: null };
    case 'lost': {
      const seconds = Math.max(1, Math.ceil((link.retryAt - now) / 1000));
      return {
        words: `offline, retry in ${seconds} s`,
        icon: 'debug-disconnect',
        color: 'problemsErrorIcon.foreground',
      };
    }
    case 'live':
      return liveLook(link.blocked, snapshot);
    default:
      return link satisfies never;
  }
};

const liveLook = (blocked: string | null, snapshot: ClusterSnapshot) => {
  const { alive, lost } = countWorkers(snapshot);
  const kind = snapshot.brokerKind;
  const trouble = 'problemsWarningIcon.foreground';
  if (blocked) return { words: `${kind} · blocked`, icon: 'warning', color: 'problemsErrorIcon.foreground' };
  if (lost > 0) return { words: `${kind} · ${plural(alive, 'worker')}, ${lost} lost`, icon: 'warning', color: trouble };
  if (alive === 0) return { words: `${kind} · no workers`, icon: 'circle-large-outline', color: trouble };
  return { words: `${kind} · ${plural(alive, 'worker')}`, icon: 'pass-filled', color: 'testing.iconPassed' };
};

/** Why a connection is not well, in a row of its own: the sentence is too long to stand behind a name. */
export const troubleOf = ({ link }: ClusterSnapshot): string | null => {
  if (link.kind === 'lost') return link.reason.sentence;
  return link.kind === 'live' ? link.blocked : null;
};

export const troubleView = (sentence: string): NodeView => ({
  label: sentence,
  description: '',
  icon: 'warning',
  color: 'problemsErrorIcon.foreground',
  tooltip: sentence,
  contextValue: 'trouble',
  expandable: 'no',
});

const lossLines = ({ counters, gaps }: ClusterSnapshot): string[] => {
  const lines: string[] = [];
  if (counters.lost > 0) lines.push(`${plural(counters.lost, 'event')} lost on the way.`);
  if (counters.invalid > 0) lines.push(`${plural(counters.invalid, 'message')} could not be read.`);
  const gap = gaps.at(-1);
  if (gap) lines.push(`No events ${clock(gap.from)} to ${clock(gap.to)}: ${gap.reason}`);
  return lines;
};
