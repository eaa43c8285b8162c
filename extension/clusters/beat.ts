import { t } from '@vscode/l10n';
import type { Beat } from '../../server/api/model.ts';
import { lines, okColor, staleColor, warningColor } from '../rows/rowLook.ts';
import { clock, joined } from '../rows/wording.ts';
import { clusterKind } from './clusterKind.ts';
import { staleness } from './staleness.ts';
import { goneLook } from './unusable.ts';

/** A scheduler is no worker: it stands beside the workers, and its row says whether it is alive. */
export const beat = clusterKind<'beat'>({
  key: ({ clusterId, hostname }) => `beat:${clusterId}:${hostname}`,
  look({ hostname }, { snapshot }, now) {
    const subject = snapshot.beats[hostname];
    if (!subject) return goneLook(hostname, t('It is gone.'));
    const stale = staleness(snapshot, now);
    const color = subject.status === 'alive' ? okColor : warningColor;
    return {
      label: hostname,
      description: joined(stale, t('beat'), statusWords(subject)),
      icon: 'calendar',
      color: stale ? staleColor : color,
      contextValue: `beat;${subject.status}`,
      tooltip: () => beatTooltip(subject),
    };
  },
  parent: ({ clusterId }) => ({ kind: 'connection', clusterId }),
});

const statusWords = ({ status, statusSince, lastAnswerAt }: Beat): string => {
  if (status === 'alive') return t('alive since {0}', clock(statusSince));
  return lastAnswerAt === null ? t('does not answer') : t('silent, last answer {0}', clock(lastAnswerAt));
};

const beatTooltip = ({ hostname, status, lastAnswerAt }: Beat): string[] =>
  lines(
    status === 'alive'
      ? t('{0} schedules periodic tasks and answers pings.', hostname)
      : t('{0} does not answer pings: it has stopped or hangs, or its scheduler has not ticked for long.', hostname),
    lastAnswerAt === null ? '' : t('Last answer at {0}', clock(lastAnswerAt)),
    status === 'silent' && t('While no beat runs, no periodic task is sent.'),
  );
