import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { showInput } from '../shown/inputs.ts';
import type { PickItem } from '../shown/pickItem.ts';
import { showPick, showPickMany } from '../shown/showPick.ts';
import { everyTask, isFiltered, type TaskFilter } from './taskFilter.ts';

const states = ['PENDING', 'RECEIVED', 'STARTED', 'SUCCESS', 'FAILURE', 'RETRY', 'REVOKED', 'REJECTED'];

type Part = 'states' | 'names' | 'workers' | 'queues' | 'text' | 'nothing';

/** Asks for the kind of filter, and then for its values. Undefined: the user cancelled. */
export const askTaskFilter = async (
  filter: TaskFilter,
  snapshot: ClusterSnapshot | null,
  taskNames: () => Promise<readonly string[]>,
): Promise<TaskFilter | undefined> => {
  const part = await askPart(filter);
  switch (part) {
    case undefined:
      return undefined;
    case 'nothing':
      return everyTask;
    case 'text':
      return askText(filter);
    case 'states':
      return pickSome(filter, 'states', t('Select states'), states);
    case 'names':
      return pickSome(filter, 'names', t('Select task types'), await taskNames());
    case 'workers':
      return pickSome(filter, 'workers', t('Select workers'), Object.keys(snapshot?.workers ?? {}));
    case 'queues':
      return pickSome(filter, 'queues', t('Select queues'), Object.keys(snapshot?.queues ?? {}));
    default:
      return part satisfies never;
  }
};

const askPart = async (filter: TaskFilter): Promise<Part | undefined> => {
  const items: (PickItem & { readonly part: Part })[] = [
    { label: t('State'), description: filter.states.join(', '), part: 'states' },
    { label: t('Task type'), description: filter.names.join(', '), part: 'names' },
    { label: t('Worker'), description: filter.workers.join(', '), part: 'workers' },
    { label: t('Queue'), description: filter.queues.join(', '), part: 'queues' },
    {
      label: t('Text'),
      description: filter.text,
      detail: t('In name, worker, queue, arguments, result or exception, or at the beginning of the ID'),
      part: 'text',
    },
  ];
  if (isFiltered(filter)) items.push({ label: t('Show All Tasks'), part: 'nothing' });
  return (await showPick(items, { title: t('Filter Tasks'), placeHolder: t('Select a filter') }))?.part;
};

const pickSome = async (
  filter: TaskFilter,
  part: 'states' | 'names' | 'workers' | 'queues',
  placeHolder: string,
  known: readonly string[],
): Promise<TaskFilter | undefined> => {
  const chosen = filter[part];
  const labels = [...new Set([...chosen, ...[...known].sort()])];
  const items = labels.map((label) => ({ label, picked: chosen.includes(label) }));
  const picked = await showPickMany(items, { title: t('Filter Tasks'), placeHolder });
  return picked && { ...filter, [part]: picked.map(({ label }) => label) };
};

const askText = async (filter: TaskFilter): Promise<TaskFilter | undefined> => {
  const text = await showInput({
    title: t('Filter Tasks'),
    prompt: t('Text in any column, or the beginning of an ID (leave empty for all)'),
    value: filter.text,
  });
  return text === undefined ? undefined : { ...filter, text: text.trim() };
};
