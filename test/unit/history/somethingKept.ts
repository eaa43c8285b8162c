import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { History } from '../../../server/history/history.ts';
import { type HistoryOptions, openHistory } from '../../../server/history/openHistory.ts';
import type { ClusterState } from '../../../server/state/clusterState.ts';
import { t0 } from '../state/someEvents.ts';

/** A folder that goes with the test. */
export const tempFolder = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-history-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** When the events of `someEvents.ts` have all come. */
const later = (t0 + 1000) * 1000;

/** A history on this thread, so that a test need not wait for another. */
export const open = (folder: string, options: Partial<HistoryOptions> = {}): Promise<History> =>
  openHistory({
    folder,
    connectionId: 'shop',
    workerFile: null,
    log: () => undefined,
    now: () => later,
    busyMs: 50,
    ...options,
  });

/** Runs `events` past a recording of the state, and waits until all is written. */
export const record = async (history: History, state: ClusterState, events: () => void): Promise<void> => {
  const recording = history.record(state);
  events();
  recording.progressed();
  recording.tick();
  await recording.stop();
};
