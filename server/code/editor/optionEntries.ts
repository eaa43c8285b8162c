import type { Entry } from './completeAt.ts';
import { crontabFields } from './wantedAt.ts';

const entry = (label: string, insert: string, detail: string, documentation: string): Entry => ({
  label,
  insert,
  detail,
  documentation,
});

const keyword = (name: string, type: string, documentation: string): Entry =>
  entry(`${name}=`, `${name}=`, type, documentation);

/** What apply_async takes besides the arguments of the task. */
export const sendingOptions: readonly Entry[] = [
  keyword('args', 'tuple', 'Positional arguments of the task.'),
  keyword('kwargs', 'dict', 'Keyword arguments of the task.'),
  keyword('countdown', 'float', 'Seconds from now before the task may run.'),
  keyword('eta', 'datetime', 'Time before which the task does not run.'),
  keyword('expires', 'float | datetime', 'Seconds or time after which the task is not run any more.'),
  keyword('queue', 'str', 'Queue that the task is sent to.'),
  keyword('routing_key', 'str', 'Routing key of the message.'),
  keyword('exchange', 'str', 'Exchange that the task is sent to.'),
  keyword('priority', 'int', 'Priority of the message, 0 to 9.'),
  keyword('retry', 'bool', 'Retries publishing when the connection to the broker fails.'),
  keyword('retry_policy', 'dict', 'How often and how long publishing is retried.'),
  keyword('ignore_result', 'bool', 'Stores no result of this run.'),
  keyword('link', 'Signature', 'Task that runs after this one has succeeded.'),
  keyword('link_error', 'Signature', 'Task that runs after this one has failed.'),
  keyword('task_id', 'str', 'ID of the task.'),
  keyword('headers', 'dict', 'Headers of the message.'),
  keyword('time_limit', 'float', 'Seconds after which the process that runs the task is killed.'),
  keyword('soft_time_limit', 'float', 'Seconds after which SoftTimeLimitExceeded is raised in the task.'),
  keyword('serializer', 'str', 'Serializer for the arguments.'),
  keyword('compression', 'str', 'Compression of the message.'),
  keyword('shadow', 'str', 'Name that is shown in logs instead of the name of the task.'),
];

/** What the decorator of a task takes. */
export const taskOptions: readonly Entry[] = [
  keyword('name', 'str', 'Name of the task; otherwise module and function.'),
  keyword('bind', 'bool', 'Passes the task as the first argument, self.'),
  keyword('autoretry_for', 'tuple', 'Exceptions for which the task is retried.'),
  keyword('dont_autoretry_for', 'tuple', 'Exceptions for which the task is not retried.'),
  keyword('max_retries', 'int = 3', 'Maximum number of retries; None: no limit.'),
  keyword('default_retry_delay', 'float = 180', 'Seconds before a retry.'),
  keyword('retry_backoff', 'bool | int = False', 'Doubles the delay with each retry.'),
  keyword('retry_backoff_max', 'int = 600', 'Maximum seconds between retries.'),
  keyword('retry_jitter', 'bool = True', 'Randomizes the delay.'),
  keyword('retry_kwargs', 'dict', 'Arguments of retry().'),
  keyword('queue', 'str', 'Queue that the task is sent to.'),
  keyword('rate_limit', 'str', 'Maximum rate on each worker, such as 10/m.'),
  keyword('time_limit', 'float', 'Seconds after which the process that runs the task is killed.'),
  keyword('soft_time_limit', 'float', 'Seconds after which SoftTimeLimitExceeded is raised in the task.'),
  keyword('acks_late', 'bool', 'Acknowledges the message after the task has run.'),
  keyword('acks_on_failure_or_timeout', 'bool', 'Acknowledges the message of a failed task, too.'),
  keyword('reject_on_worker_lost', 'bool', 'Returns the message to its queue when the process dies.'),
  keyword('ignore_result', 'bool', 'Stores no result.'),
  keyword('store_errors_even_if_ignored', 'bool', 'Stores errors though results are ignored.'),
  keyword('track_started', 'bool', 'Stores the state STARTED when the task starts.'),
  keyword('priority', 'int', 'Priority of the message, 0 to 9.'),
  keyword('expires', 'float', 'Seconds after which the task is not run any more.'),
  keyword('serializer', 'str', 'Serializer for the arguments.'),
  keyword('compression', 'str', 'Compression of the message.'),
  keyword('pydantic', 'bool', 'Validates arguments and result with Pydantic models.'),
  keyword('base', 'class', 'Task class.'),
  keyword('throws', 'tuple', 'Expected exceptions, which are logged without a traceback.'),
  keyword('typing', 'bool = True', 'Checks the arguments when the task is sent.'),
];

const fieldTexts: Readonly<Record<(typeof crontabFields)[number], string>> = {
  minute: 'Minutes, 0 to 59. Every minute unless given.',
  hour: 'Hours, 0 to 23. Every hour unless given.',
  day_of_week: 'Days of the week, 0 (Sunday) to 6, or sun to sat.',
  day_of_month: 'Days of the month, 1 to 31.',
  month_of_year: 'Months, 1 to 12.',
};

export const crontabKeywords: readonly Entry[] = crontabFields.map((field) =>
  keyword(field, "str | int = '*'", fieldTexts[field]),
);

const value = (text: string, documentation: string): Entry => entry(text, text, '', documentation);

const examples: Readonly<Record<string, readonly Entry[]>> = {
  minute: [value('0', 'at the full hour'), value('*/5', 'every 5 minutes'), value('*/15', 'every 15 minutes')],
  hour: [value('*/2', 'every 2 hours'), value('0', 'at midnight'), value('8-18', 'from 8 to 18 h')],
  day_of_week: [
    value('mon-fri', 'on weekdays'),
    value('sat,sun', 'on weekends'),
    ...['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => value(day, '')),
  ],
  day_of_month: [value('1', 'on the first day'), value('*/2', 'every second day'), value('1-7', 'in the first week')],
  month_of_year: [value('*/3', 'every third month'), value('1', 'in January'), value('1-6', 'from January to June')],
};

export const crontabEntries = (field: string): readonly Entry[] => examples[field] ?? [];
