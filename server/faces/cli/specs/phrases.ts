import { defaults } from '../defaults.ts';

/** Help texts that several commands share. */
export const listening = `seconds to listen (default ${defaults.listenSeconds})`;
export const savedFilter = 'only tasks that match this filter of [tool.celeriac.filters] in pyproject.toml';
export const taskFilters = {
  state: 'only tasks in this state, such as FAILURE; may be repeated',
  name: 'only tasks with this name; * matches any text; may be repeated',
  worker: 'only tasks of this worker; * matches any text; may be repeated',
  queue: 'only tasks of this queue; * matches any text; may be repeated',
  search:
    'only tasks with this text in the name, worker, queue, sender, state, arguments, result or exception, or whose id starts with it',
  filter: savedFilter,
  sort: 'sort by this column, such as runtime, or runtime:asc (default updated, latest first)',
  output: 'table, json, ndjson (one object a line) or csv (default table)',
  limit: `maximum number of rows (default ${defaults.taskLimit})`,
};
export const maxTasks = `maximum number of tasks in memory (default ${defaults.maxTasks}); finished tasks are dropped first`;

export const destination = 'only this worker; may be repeated or a comma-separated list; * matches any text';
export const repliesWithin = `maximum seconds to wait for replies from workers (default ${defaults.answerSeconds})`;
export const yes = 'skip the confirmation; required when not on a terminal';
export const whoAnswers =
  'Returns as soon as every worker has answered. Redis and the filesystem broker report the number of workers; RabbitMQ reports it only through its management API. Without that API, the command waits for the workers that answer a heartbeat request, until no further worker has answered for 0.3 s. A worker that is too busy to answer is missing from the list: name it with -d.';
export const celeryJson =
  "With --json: the output of Celery's own command. Passwords in settings are replaced by ********. Workers that refused are included; workers that did not answer are listed on stderr.";
const server =
  'ask this "celeriac serve" instead of the broker, such as http://localhost:9808; set its token in CELERIAC_TOKEN or --token-file';
const tokenFile = 'with --server: the file with the token';
export const fromServer = { server, 'token-file': tokenFile };
export const output = 'table, json, ndjson (one object a line) or csv (default table)';
