import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { endStates } from '../../server/api/history.ts';
import type { TaskDetail } from '../../server/api/taskDetail.ts';
import type { Host } from '../page/host.ts';
import { newestOnly } from '../page/newestOnly.ts';

export interface Detail {
  readonly detail: TaskDetail | null;
  /** Why it could not be read again; what was read before stays. */
  readonly problem: string | null;
  readonly readAgain: () => void;
}

/** Follows one task: asks again while it moves, at most twice a second, and rests when nothing can change. */
export const useDetail = (host: Host, clusterId: string, taskId: string): Detail => {
  const [detail, setDetail] = useState<TaskDetail | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const timer = useRef<number | null>(null);
  const waitMs = useRef<number | null>(500);
  const answers = useRef(newestOnly());

  const read = useCallback(async (): Promise<void> => {
    const isNewest = answers.current.begin();
    try {
      const next = await host.request('taskDetail', { clusterId, id: taskId });
      // An answer that was overtaken tells of an older state, and nothing might come to correct it.
      if (!isNewest()) return;
      waitMs.current = askAgainAfterMs(next);
      setDetail(next);
      setProblem(null);
      if (asksByItself(next)) readSoon();
    } catch (error) {
      if (!isNewest()) return;
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }, [host, clusterId, taskId]);

  const readSoon = useCallback((): void => {
    if (timer.current !== null || waitMs.current === null) return;
    timer.current = window.setTimeout(() => {
      timer.current = null;
      void read();
    }, waitMs.current);
  }, [read]);

  useEffect(() => {
    void read();
    const stop = host.onChange(readSoon);
    return () => {
      stop();
      if (timer.current !== null) window.clearTimeout(timer.current);
      timer.current = null;
    };
  }, [host, read, readSoon]);

  return { detail, problem, readAgain: () => void read() };
};

/** How soon the page asks again after it heard of a change; null: nothing can change any more. */
const askAgainAfterMs = ({ task, record, relations }: TaskDetail): number | null => {
  if (task === null || !endStates.includes(task.state)) return 500;
  if (record.kind === 'reading') return 300;
  const kin = relations.tasks.some(({ state }) => !endStates.includes(state));
  return kin ? 2_000 : null;
};

/** A page that waits for the result backend hears of no change when it answers. */
const asksByItself = ({ record }: TaskDetail): boolean => record.kind === 'reading';
