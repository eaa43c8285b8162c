import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { SendOrder } from '../../server/api/sendTask.ts';
import type { TaskSummary } from '../../server/api/tasks.ts';
import type { Parts } from '../parts.ts';
import { chooseQueue } from '../pick/chooseQueue.ts';
import { chooseTaskName } from '../pick/chooseTaskName.ts';
import { orLeft } from '../pick/orLeft.ts';
import { pickOne } from '../pick/pickOne.ts';
import { showInput } from '../shown/inputs.ts';
import { jsonDefect } from './jsonDefect.ts';
import { expiresDefect, momentDefect, orderedChoices, priorityDefect, type SendChoices } from './sendChoices.ts';

/** What is known before anything is asked, from a row or from a task that is sent again. */
export interface SendStart {
  readonly taskName: string | null;
  readonly queueName: string | null;
}

/** Asks for everything a task needs. Nothing is sent before "Send" was chosen at the end. */
export const writeOrder = async (start: SendStart, cluster: ClusterSnapshot, parts: Parts): Promise<SendOrder> => {
  const title = t('Send Task to {0}', cluster.name);
  const name = start.taskName ?? (await chooseTaskName(parts.backend, cluster, title));
  const last = await lastOf(name, cluster, parts);
  const argsJson = await typeJson(`${title}: ${name} (1/3)`, 'array', last?.args ?? null);
  const kwargsJson = await typeJson(`${title}: ${name} (2/3)`, 'object', last?.kwargs ?? null);
  const queue = start.queueName ?? (await chooseQueue(cluster, `${title}: ${name} (3/3)`, last?.queue ?? null));
  const choices = await chooseMore(`${title}: ${name}`, { name, argsJson, kwargsJson, queue });
  return { name, argsJson, kwargsJson, queue, ...orderedChoices(choices) };
};

/** The last one of its kind shows how it is called and where it goes. */
const lastOf = async (name: string, { clusterId }: ClusterSnapshot, parts: Parts): Promise<TaskSummary | null> => {
  const page = await parts.backend.request(requests.queryTasks, { clusterId, query: { names: [name], limit: 1 } });
  return page.tasks[0] ?? null;
};

const typeJson = async (title: string, wanted: 'array' | 'object', seen: string | null): Promise<string> => {
  const isArray = wanted === 'array';
  const what = isArray ? t('Positional arguments as a JSON array.') : t('Keyword arguments as a JSON object.');
  const empty = isArray ? '[]' : '{}';
  const typed = await showInput({
    title,
    prompt: seen === null || seen === '' ? what : `${what} ${t('The last one had {0}', seen)}`,
    value: empty,
    valueSelection: [1, 1],
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? null : jsonDefect(text, wanted)),
  });
  return orLeft(typed).trim() || empty;
};

type Order = Pick<SendOrder, 'name' | 'argsJson' | 'kwargsJson' | 'queue'>;

/** "Send" comes first, so that Enter sends; the rest changes how and comes back. */
const chooseMore = async (title: string, order: Order): Promise<SendChoices> => {
  let choices: SendChoices = { when: null, priority: null, expires: null };
  for (;;) {
    const placeHolder = t('Enter sends it; the rest says when and how.');
    const picked = await pickOne(itemsFor(order, choices), { title, placeHolder });
    if (picked.field === null) return choices;
    const { field, defect, prompt } = picked;
    const typed = await showInput({
      title,
      prompt,
      value: choices[field] ?? '',
      ignoreFocusOut: true,
      validateInput: defect,
    });
    if (typed !== undefined) choices = { ...choices, [field]: typed.trim() || null };
  }
};

const itemsFor = ({ name, argsJson, kwargsJson, queue }: Order, { when, priority, expires }: SendChoices) =>
  [
    {
      label: t('Send'),
      description: t('to the queue {0}', queue),
      detail: `${name} ${argsJson} ${kwargsJson}`,
      field: null,
    },
    {
      label: t('When'),
      description: when ?? t('now'),
      field: 'when',
      prompt: t('Seconds from now such as 90, or a time such as 2030-01-31 09:00. Empty: now.'),
      defect: momentDefect,
    },
    {
      label: t('Priority'),
      description: priority ?? t('that of the queue'),
      field: 'priority',
      prompt: t('0 to 9, on RabbitMQ up to 255. Which end is urgent depends on the broker: RabbitMQ 9, Redis 0.'),
      defect: priorityDefect,
    },
    {
      label: t('Expires'),
      description: expires === null ? t('never') : t('in {0} s', expires),
      field: 'expires',
      prompt: t('Seconds from now after which no worker begins it. Empty: never.'),
      defect: expiresDefect,
    },
  ] as const;
