import { CeleriacError } from '../../../api/errors.ts';
import { type TaskQuery, taskSortColumns } from '../../../api/tasks.ts';
import { inSlices } from '../../../cluster/inSlices.ts';
import { answer } from '../answer.ts';
import type { Parameter, Route, RouteRequest } from '../route.ts';
import { listParameters, partOf } from './partOfList.ts';

const filters: readonly Parameter[] = [
  { name: 'state', in: 'query', kind: 'texts', what: 'only tasks in this state, such as FAILURE; may be repeated' },
  { name: 'name', in: 'query', kind: 'texts', what: 'only tasks with this name; * matches any text; may be repeated' },
  { name: 'worker', in: 'query', kind: 'texts', what: 'only tasks of this worker; may be repeated' },
  { name: 'queue', in: 'query', kind: 'texts', what: 'only tasks of this queue; may be repeated' },
  {
    name: 'search',
    in: 'query',
    kind: 'text',
    what: 'only tasks with this text in the name, worker, queue, sender, state, arguments, result or exception, or whose id starts with it',
  },
  {
    name: 'query',
    in: 'query',
    kind: 'text',
    what: 'only tasks matching this query, such as `state:FAILURE name:orders.* runtime:>5s -queue:slow`',
  },
  { name: 'from', in: 'query', kind: 'time', what: 'only tasks whose last event is at or after this time' },
  { name: 'to', in: 'query', kind: 'time', what: 'only tasks whose last event is before this time' },
  {
    name: 'source',
    in: 'query',
    kind: 'text',
    what: 'memory (default), or history: stored finished tasks, including those from before the start',
    choices: ['memory', 'history'],
  },
  { name: 'sort', in: 'query', kind: 'text', what: 'sort column', choices: taskSortColumns },
  { name: 'order', in: 'query', kind: 'text', what: 'sort order (default desc)', choices: ['asc', 'desc'] },
  { name: 'limit', in: 'query', kind: 'integer', what: 'page size (default 50)', least: 1, most: 1_000 },
  { name: 'cursor', in: 'query', kind: 'text', what: '`nextCursor` of the previous page' },
];

export const tasks: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/tasks',
    summary: 'Tasks in memory, page by page',
    tag: 'api',
    parameters: filters,
    answers: { 200: { what: '`tasks`, and `nextCursor` except on the last page.', body: 'TaskPage' } },
    handle: async (request) => {
      const { tasks: desk } = request.served;
      const query = queryOf(request);
      return answer(
        'TaskPage',
        request.text('source') === 'history' ? await desk.keptPage(query) : await desk.page(query),
      );
    },
  },
  {
    method: 'GET',
    path: '/api/v1/tasks/{id}',
    summary: 'Show all details of a task',
    tag: 'api',
    parameters: [{ name: 'id', in: 'path', kind: 'text', what: 'the full task id' }],
    answers: { 200: { what: 'The task.', body: 'Task' }, 404: 'The task is neither in memory nor in the history.' },
    handle: async ({ served, text }) => {
      const id = text('id') ?? '';
      const task = await served.tasks.task(id);
      if (!task)
        throw new CeleriacError(
          'notFound',
          `Task ${id} not found: no event for it was received, or it was dropped to stay within the limit.`,
        );
      return answer('Task', task);
    },
  },
  {
    method: 'GET',
    path: '/api/v1/celery/tasks',
    summary: 'Tasks in memory with the names and values that Celery uses itself',
    tag: 'api',
    parameters: filters.filter(({ name }) => name !== 'source'),
    answers: { 200: { what: '`tasks`, and `nextCursor` unless it is the last page.', body: 'CeleryTaskPage' } },
    handle: async (request) => {
      const { tasks: desk, cluster } = request.served;
      const { tasks: found, ...page } = await desk.page(queryOf(request));
      const ids = found.map(({ id }) => id);
      return answer('CeleryTaskPage', { ...page, tasks: await inSlices(cluster.state.tasks.celeryTasks(ids)) });
    },
  },
  {
    method: 'GET',
    path: '/api/v1/celery/tasks/{id}',
    summary: 'One task in memory with the names and values that Celery uses itself',
    tag: 'api',
    parameters: [{ name: 'id', in: 'path', kind: 'text', what: 'its whole id' }],
    answers: { 200: { what: 'The task.', body: 'CeleryTask' }, 404: 'It is not in memory.' },
    handle: async ({ served, text }) => {
      const id = text('id') ?? '';
      const [task] = await inSlices(served.cluster.state.tasks.celeryTasks([id]));
      if (!task) throw new CeleriacError('notFound', `The task ${id} is not in memory.`);
      return answer('CeleryTask', task);
    },
  },
  {
    method: 'GET',
    path: '/api/v1/performance',
    summary: 'Rates, runtimes and queue wait by task type, over 1, 5, 15 and 60 minutes',
    tag: 'api',
    parameters: [{ name: 'task_name', in: 'query', kind: 'text', what: 'only this task type' }, ...listParameters],
    answers: {
      200: {
        what: 'One page of task types, by name; `total` is the number of all task types.',
        body: 'Performance',
      },
      404: 'Unknown task type.',
    },
    handle: async (request) => {
      const { served, text } = request;
      const { state } = served.cluster;
      const name = text('task_name');
      if (name === null) {
        const names = state.groups('type').names();
        const tasks = await inSlices(state.statsInSlices('type', served.now(), partOf(names, request)));
        return answer('Performance', { tasks, total: names.length });
      }
      const found = state.statsOf('type', name, served.now());
      if (!found) throw new CeleriacError('notFound', `No events for a task named "${name}" received.`);
      return answer('Performance', found);
    },
  },
  {
    method: 'GET',
    path: '/api/v1/errors',
    summary: 'Latest failed tasks',
    tag: 'api',
    parameters: [
      { name: 'limit', in: 'query', kind: 'integer', what: 'number of tasks (default 10)', least: 1, most: 1_000 },
    ],
    answers: { 200: { what: 'Failed tasks, latest first.', body: 'Errors' } },
    handle: async ({ served, integer }) =>
      answer('Errors', { errors: await served.tasks.lastFailed(integer('limit') ?? 10) }),
  },
];

const queryOf = ({ served, text, texts, integer }: RouteRequest): TaskQuery => {
  const from = integer('from');
  const to = integer('to');
  const span = { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
  const list = (key: 'states' | 'names' | 'workers' | 'queues', name: string) => {
    const values = texts(name);
    return values === null ? {} : { [key]: values };
  };
  const search = text('search');
  const query = text('query');
  const column = taskSortColumns.find((each) => each === text('sort')) ?? 'updated';
  const cursor = text('cursor');
  return {
    ...list('states', 'state'),
    ...list('names', 'name'),
    ...list('workers', 'worker'),
    ...list('queues', 'queue'),
    ...(search === null ? {} : { text: search }),
    ...(query === null ? {} : { where: { query, at: served.now() } }),
    ...(from === null && to === null ? {} : { time: { column: 'updated', ...span } }),
    sort: { column, descending: text('order') !== 'asc' },
    limit: integer('limit') ?? 50,
    ...(cursor === null ? {} : { cursor }),
  };
};
