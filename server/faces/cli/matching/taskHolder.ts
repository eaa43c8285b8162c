import type { CeleryTask } from '../../../api/celeryTask.ts';
import type { Task, TaskState, TaskSummary } from '../../../api/tasks.ts';
import { inSlices } from '../../../cluster/inSlices.ts';
import { retryCall, retryTask } from '../../../desk/retryTask.ts';
import { type Revocation, revocation } from '../../../desk/revocation.ts';
import { tellWorkers } from '../../../desk/tellWorkers.ts';
import { duration } from '../../../text/wording.ts';
import { pause } from '../../../waits/pause.ts';
import type { CommandContext } from '../context.ts';
import { defaults } from '../defaults.ts';
import { Interrupted, orInterruptedError } from '../interruption.ts';
import { listen } from '../listening.ts';
import { type Remote, remoteOf } from '../remote/remote.ts';

/** Who has tasks in memory and can do something with them: this process after listening, or a server. */
export interface TaskHolder {
  /** "redis://…", or the server. */
  readonly place: string;
  /** "5 s of listening", "the memory of http://…". */
  readonly source: string;
  /** All that match; `states` left out: in any state. */
  find(query: string, states: readonly TaskState[] | undefined): Promise<readonly TaskSummary[]>;
  /** The same, a page at a time, with all of their texts, by Celery's own names. */
  pages(query: string): AsyncIterable<CeleryPage>;
  /** With all of its texts; null: it has been forgotten meanwhile. */
  whole(id: string): Promise<Task | null>;
  /** Resolves with the new id. */
  retry(task: Task): Promise<string>;
  /** Whether a worker confirmed. */
  revoke(what: Revocation): Promise<boolean>;
  close(): Promise<void>;
}

interface CeleryPage {
  readonly tasks: readonly CeleryTask[];
  readonly matching: number | null;
}

/** Listens first, unless a server is asked. */
export const holdTasks = (context: CommandContext): Promise<TaskHolder> =>
  context.options.server === undefined ? listenFirst(context) : askServer(context);

const pageLimit = 1_000;

interface Page {
  readonly tasks: readonly TaskSummary[];
  readonly nextCursor: string | null;
}

const allPages = async (
  read: (cursor: string | undefined) => Page | Promise<Page>,
): Promise<readonly TaskSummary[]> => {
  const found: TaskSummary[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await read(cursor);
    found.push(...page.tasks);
    if (page.nextCursor === null) return found;
    cursor = page.nextCursor;
  }
};

const listenFirst = async (context: CommandContext): Promise<TaskHolder> => {
  const { options, terminal, interruption } = context;
  const listening = await listen(context);
  const { cluster } = listening;
  const seconds = options.seconds ?? defaults.listenSeconds;
  try {
    await orInterruptedError(listening.firstLink, interruption);
    terminal.sayForNow(`Listening for ${duration(seconds)} …`);
    await pause(seconds * 1_000, interruption);
    terminal.endTalkLine();
    if (interruption.aborted) throw new Interrupted();
  } catch (error) {
    await listening.stop();
    throw error;
  }
  const timeoutMs = (options.timeout ?? defaults.answerSeconds) * 1_000;
  const find: TaskHolder['find'] = (query, states) => {
    const where = { query, at: Date.now() };
    return allPages((cursor) =>
      cluster.state.tasks.page({
        where,
        limit: pageLimit,
        ...(states ? { states } : {}),
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
  };
  return {
    place: listening.maskedUrl,
    source: `${duration(seconds)} of listening`,
    find,
    async *pages(query) {
      const ids = (await find(query, undefined)).map(({ id }) => id);
      for (let from = 0; from < ids.length; from += pageLimit)
        yield {
          tasks: await inSlices(cluster.state.tasks.celeryTasks(ids.slice(from, from + pageLimit))),
          matching: ids.length,
        };
    },
    whole: async (id) => cluster.state.tasks.find(id),
    retry: (task) => retryTask(cluster, task),
    revoke: async (what) => {
      const { replies } = await tellWorkers(cluster, revocation(what), { timeoutMs });
      return replies.some(({ kind }) => kind === 'answered');
    },
    close: () => listening.stop(),
  };
};

const askServer = async (context: CommandContext): Promise<TaskHolder> => {
  const remote = await remoteOf(context);
  return {
    place: remote.name,
    source: `the memory of ${remote.name}`,
    find: (query, state) =>
      allPages((cursor) => remote.get('TaskPage', 'api/v1/tasks', { query, state, cursor, limit: pageLimit })),
    async *pages(query) {
      for (let cursor: string | undefined; ; ) {
        const page = await remote.get('CeleryTaskPage', 'api/v1/celery/tasks', { query, cursor, limit: pageLimit });
        yield page;
        if (page.nextCursor === null) return;
        cursor = page.nextCursor;
      }
    },
    whole: (id) => remote.find('Task', `api/v1/tasks/${encodeURIComponent(id)}`),
    retry: async (task) => (await remote.post('Sent', 'api/v1/tasks', retryCall(task), 0)).id,
    revoke: (what) => revokeThere(remote, what),
    close: async () => undefined,
  };
};

const revokeThere = async (remote: Remote, { ids, ...how }: Revocation): Promise<boolean> => {
  let isConfirmed = true;
  for (const id of ids) {
    const path = `api/v1/tasks/${encodeURIComponent(id)}/revoke`;
    const { replies } = await remote.post('ControlOutcome', path, how, 2_000);
    if (!replies.some(({ kind }) => kind === 'answered')) isConfirmed = false;
  }
  return isConfirmed;
};
