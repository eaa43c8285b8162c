import { defaults } from '../defaults.ts';

/** What several commands say of their options. */
export const listening = `listen for so many seconds (default ${defaults.listenSeconds})`;
export const taskFilters = {
  state: 'only tasks in this state, such as FAILURE; may be repeated',
  name: 'only tasks of this name; * stands for anything; may be repeated',
  worker: 'only tasks of this worker; * stands for anything; may be repeated',
  queue: 'only tasks of this queue; * stands for anything; may be repeated',
  search:
    'only tasks with this text in the name, worker, queue, sender, state, arguments, result or exception, or whose id begins with it',
  sort: 'sort by this column, such as runtime, or runtime:asc (default updated, latest first)',
  output: 'table, json, ndjson (one object a line) or csv (default table)',
  limit: `show so many at most (default ${defaults.taskLimit})`,
};
export const maxTasks = `remember at most so many tasks (default ${defaults.maxTasks}); finished ones are forgotten first`;

export const destination = 'only this worker; may be repeated, or names separated by commas; * stands for anything';
export const repliesWithin = `wait so many seconds at most for workers to answer (default ${defaults.answerSeconds})`;
export const yes = 'do not ask; needed where nobody can be asked';
export const whoAnswers =
  'Ends as soon as everybody has answered. Redis and the filesystem broker tell how many workers there are; RabbitMQ tells it only by its management API. Without that, those are waited for that answer a call for heartbeats, until nobody new has done so for 0.3 s. A worker that is too busy for it is missing: name it with -d.';
export const celeryJson =
  "With --json: what Celery's own command prints. Passwords in settings are replaced by ********. Who refused is in it; who did not answer is said on stderr.";
export const output = 'table, json, ndjson (one object a line) or csv (default table)';
