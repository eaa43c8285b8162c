import { t } from '@vscode/l10n';
import type { DebugTarget, RunningTarget } from '../../../server/api/debugging.ts';
import type { ClusterSnapshot } from '../../../server/api/model.ts';
import { partOf } from '../../shown/plainLine.ts';
import type { Deadline } from './deadlines.ts';
import { deadlineSentence } from './deadlineWords.ts';
import { type DebuggerKind, standstillWords } from './standstill.ts';

export interface AttachQuestion {
  readonly message: string;
  /** Its paragraphs. */
  readonly detail: readonly string[];
  readonly yes: string;
}

export interface Attaching {
  readonly debugger: DebuggerKind;
  readonly cluster: Pick<ClusterSnapshot, 'name' | 'environment' | 'isReadOnly'> | null;
  readonly target: DebugTarget | null;
  /** Null: a worker is attached to, whatever it runs. */
  readonly task: RunningTarget | null;
  readonly deadlines: readonly Deadline[];
}

/**
 * Asked before a debugger holds up what others rely on, or what is about to end. Null: nothing to ask, as on a machine
 * where people develop.
 */
export const attachQuestion = (attaching: Attaching, warnBeforeMs: number, now: number): AttachQuestion | null => {
  const { cluster, target, deadlines } = attaching;
  const isGuarded = cluster !== null && (cluster.environment === 'prod' || cluster.isReadOnly);
  const isUrgent = deadlines.some(({ at }) => at - now <= warnBeforeMs);
  if (!isGuarded && !isUrgent) return null;
  const stops = target ? [standstillWords(target, attaching.debugger)] : [];
  const ends = deadlines.map((each) => deadlineSentence(each, now));
  const where = cluster ? [t('Connection: {0} ({1})', partOf(cluster.name), rightsOf(cluster))] : [];
  return {
    message: t('Attach to {0}?', subject(attaching)),
    detail: [[...stops, ...ends].join(' '), ...where].filter((part) => part !== ''),
    yes: t('Attach'),
  };
};

const subject = ({ task, target }: Attaching): string => {
  if (task && target) return t('{0} on {1}', partOf(task.name ?? task.id), partOf(target.hostname));
  return target ? partOf(target.hostname) : t('a task');
};

const rightsOf = ({ environment, isReadOnly }: NonNullable<Attaching['cluster']>): string =>
  isReadOnly ? t('{0}, read-only', environment) : environment;
