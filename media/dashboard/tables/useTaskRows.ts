import { useEffect, useRef, useState } from 'preact/hooks';
import type { TaskQuery } from '../../../server/api/tasks.ts';
import type { Host } from '../../page/host.ts';
import { RowWindows } from './rowWindows.ts';

interface TaskRows {
  readonly rows: RowWindows;
  readonly error: string | null;
}

const leastPauseMs = 1_000;
/** A question that costs the engine much is asked less often. */
const restFactor = 20;

/** The tasks of a query, read where they are looked at and read again while the list is at its beginning. */
export const useTaskRows = (
  host: Host,
  clusterId: string,
  query: TaskQuery,
  source: 'memory' | 'history',
  isPaused: boolean,
): TaskRows => {
  const [, drawAgain] = useState(0);
  const [error, setError] = useState<string | null>(null);
  const key = JSON.stringify([clusterId, query, source]);
  const tookMs = useRef(0);
  const current = useRef<{ readonly key: string; readonly rows: RowWindows } | null>(null);
  if (current.current?.key !== key) {
    const rows: RowWindows = new RowWindows(
      async (part) => {
        const from = performance.now();
        const window = await host.request('taskWindow', { clusterId, query, source, ...part });
        tookMs.current = performance.now() - from;
        return window;
      },
      (problem) => {
        if (current.current?.rows !== rows) return;
        setError(problem === null ? null : problem instanceof Error ? problem.message : String(problem));
        drawAgain((count) => count + 1);
      },
    );
    current.current = { key, rows };
  }
  const { rows } = current.current;
  useEffect(() => {
    if (isPaused) return undefined;
    let timer: number | undefined;
    const leave = host.onChange(() => {
      timer ??= window.setTimeout(
        () => {
          timer = undefined;
          rows.refresh();
        },
        Math.max(leastPauseMs, tookMs.current * restFactor),
      );
    });
    return () => {
      leave();
      window.clearTimeout(timer);
    };
  }, [host, rows, isPaused]);
  return { rows, error };
};
