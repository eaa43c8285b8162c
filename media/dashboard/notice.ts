import { t } from '@vscode/l10n';
import type { Dashboard } from '../../server/api/dashboard.ts';
import { CeleriacError } from '../../server/api/errors.ts';
import { age, duration } from '../../server/api/figures.ts';

export interface Notice {
  readonly severity: 'info' | 'warning' | 'error';
  readonly title: string;
  readonly text: string;
  /** What is shown is old. */
  readonly isStale: boolean;
  /** The next step, when a command of the extension takes it. */
  readonly action?: { readonly label: string; readonly command: string };
}

/** Why the page is empty or old, and what to do about it; null: it is neither. */
export const noticeOf = (dashboard: Dashboard): Notice | null => {
  const { link, now, at } = dashboard;
  switch (link.kind) {
    case 'disconnected':
      return {
        severity: 'warning',
        title: t('Not connected.'),
        text: '',
        action: { label: t('Connect'), command: 'celeriac.connect' },
        isStale: true,
      };
    case 'connecting':
      return { severity: 'info', title: t('Connecting…'), text: '', isStale: now.lastEventAt !== null };
    case 'lost':
      return {
        severity: 'error',
        title: t('Offline: {0}', link.reason.sentence),
        text: [retryWords(link.retryAt - at), ageWords(now.lastEventAt, at)].filter(Boolean).join(' '),
        isStale: true,
      };
    case 'live':
      return link.blocked === null ? quietNotice(dashboard) : blockedNotice(link.blocked.sentence);
    default:
      return link satisfies never;
  }
};

/** The page could not be read. */
export const brokenNotice = (error: unknown): Notice => ({
  severity: 'error',
  title: error instanceof Error ? error.message : String(error),
  text: '',
  isStale: true,
  action: isClosed(error)
    ? { label: t('Connect'), command: 'celeriac.connect' }
    : { label: t('Show Logs'), command: 'celeriac.showLogs' },
});

export const isClosed = (error: unknown): boolean => error instanceof CeleriacError && error.code === 'notFound';

/** What was read last of a connection that is not open any more. */
export const closed = (dashboard: Dashboard): Dashboard => ({ ...dashboard, link: { kind: 'disconnected' } });

const retryWords = (ms: number): string =>
  ms > 500 ? t('Next attempt in {0}.', duration(Math.ceil(ms / 1000))) : t('Trying now.');

const ageWords = (lastEventAt: number | null, at: number): string =>
  lastEventAt === null || at - lastEventAt < 1_000 ? '' : t('Figures are {0} old.', age(at - lastEventAt));

const enableEvents = () => ({ label: t('Enable Events'), command: 'celeriac.enableEvents' });

const blockedNotice = (reason: string): Notice => ({
  severity: 'error',
  title: reason,
  text: t('No task can be sent until this is resolved.'),
  isStale: false,
});

const quietNotice = ({ now, states, ended }: Dashboard): Notice | null => {
  if (now.workersKnown === 0)
    return {
      severity: 'info',
      title: t('No workers yet.'),
      text: t(
        'Start a worker. Workers that are already running report tasks when started with -E, or once their events are enabled.',
      ),
      isStale: false,
      action: enableEvents(),
    };
  if (Object.keys(states).length === 0 && ended === 0)
    return {
      severity: 'info',
      title: t('No tasks yet.'),
      text: t(
        'Workers are online but have not reported a task. Send one. If nothing appears, task events are off: enable them, or start workers with -E.',
      ),
      isStale: false,
      action: enableEvents(),
    };
  return null;
};
