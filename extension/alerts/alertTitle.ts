import { t } from '@vscode/l10n';
import type { Alert } from '../../server/api/health.ts';

/** What is the matter in two or three words, then whose: a narrow sidebar cuts the end. */
export const alertTitle = ({ rule, subject, sentence }: Pick<Alert, 'rule' | 'subject' | 'sentence'>): string => {
  const words = titles[rule]?.() ?? sentence;
  const name = subject.kind === 'task' ? subject.name.slice(0, 8) : subject.name;
  return name && rule in titles ? `${words}: ${name}` : words;
};

/** By rule; called late, when the language is known. */
const titles: Readonly<Record<string, () => string>> = {
  noWorkers: () => t('No live worker'),
  workerSilent: () => t('Silent'),
  workerDeaf: () => t('Does not answer'),
  workerStalled: () => t('No progress'),
  orphanedTasks: () => t('Orphaned tasks'),
  workerMemory: () => t('Memory near limit'),
  workerCpu: () => t('CPU busy'),
  workerRestarted: () => t('Restarted'),
  workerRestarts: () => t('Many restarts'),
  eventsOff: () => t('Events off'),
  clockDrift: () => t('Clock drift'),
  duplicateNames: () => t('Name used twice'),
  queueDepth: () => t('Backlog'),
  queueGrowth: () => t('Growing'),
  queueUnconsumed: () => t('No consumer'),
  queueWait: () => t('Long wait'),
  deadLetters: () => t('Dead letters'),
  failureRate: () => t('Failure rate'),
  retryRate: () => t('Retry rate'),
  timeoutRate: () => t('Time-outs'),
  slowTasks: () => t('Slow'),
  slowerThanUsual: () => t('Slower than usual'),
  longTask: () => t('Runs long'),
  taskNearLimit: () => t('Near time limit'),
  stuckTask: () => t('Seems stuck'),
  brokerAlarm: () => t('Broker alarm'),
  blockedConnections: () => t('Blocked connections'),
  visibilityTimeout: () => t('Beyond visibility timeout'),
  staleMailboxes: () => t('Stale mailboxes'),
  prefetchTooHigh: () => t('Prefetch too high'),
  capacity: () => t('At capacity'),
  memoryOvercommit: () => t('Memory overcommitted'),
  noResultBackend: () => t('No result backend'),
  lateAcksUnlimited: () => t('Late acks, no limit'),
  timeoutsRequeued: () => t('Timeouts requeued'),
  alwaysEager: () => t('Eager mode'),
};

/** The rules that have a title of their own. */
export const titledRules: readonly string[] = Object.keys(titles);
