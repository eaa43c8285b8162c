import type { ControlCommand, ControlOutcome } from '../api/control.ts';
import { toErrorData } from '../api/errors.ts';
import type { AuditEntry } from '../api/history.ts';

type Outcome = Pick<AuditEntry, 'outcome' | 'sentence'>;

export interface Deed<T> {
  /** The person, the token or the process on whose behalf it is done. */
  readonly who: string;
  readonly action: string;
  readonly target: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly act: () => Promise<T>;
  readonly outcomeOf: (result: T) => Outcome;
}

/** Does something to the cluster and leaves a line about it, also when it fails. */
export const withAudit = async <T>(
  { who, action, target, parameters, act, outcomeOf }: Deed<T>,
  keep: (entry: AuditEntry) => void,
  now: () => number,
): Promise<T> => {
  const line = { at: now(), who, action, target, parameters };
  try {
    const result = await act();
    keep({ ...line, ...outcomeOf(result) });
    return result;
  } catch (error) {
    keep({ ...line, outcome: 'failed', sentence: toErrorData(error).sentence });
    throw error;
  }
};

/** Whom a command went to, as people say it. */
export const targetOf = ({ destination, pattern }: ControlCommand): string =>
  destination ? destination.join(', ') : (pattern ?? 'every worker');

export const outcomeOfReplies = ({ replies }: ControlOutcome): Outcome => {
  const troubles = replies.flatMap((reply) =>
    reply.kind === 'answered' ? [] : [`${reply.hostname}: ${reply.sentence}`],
  );
  const sentence = troubles.length === 0 ? null : troubles.slice(0, 5).join(' ');
  if (troubles.length === 0) return { outcome: 'done', sentence };
  if (troubles.length < replies.length) return { outcome: 'partly', sentence };
  return { outcome: replies.every(({ kind }) => kind === 'refused') ? 'refused' : 'failed', sentence };
};
