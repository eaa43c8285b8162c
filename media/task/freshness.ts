import { endStates } from '../../server/api/history.ts';
import type { TaskDetail } from '../../server/api/taskDetail.ts';

/** How soon the page asks again after it heard of a change; null: nothing can change any more. */
export const askAgainAfterMs = ({ task, record, relations }: TaskDetail): number | null => {
  if (task === null || !endStates.includes(task.state)) return 500;
  if (record.kind === 'reading') return 300;
  const kin = relations.tasks.some(({ state }) => !endStates.includes(state));
  return kin ? 2_000 : null;
};

/** A page that waits for the result backend hears of no change when it answers. */
export const asksByItself = ({ record }: TaskDetail): boolean => record.kind === 'reading';
