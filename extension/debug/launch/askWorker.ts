import { t } from '@vscode/l10n';
import type { CeleryApp } from '../../../server/api/language.ts';
import { pickOne } from '../../pick/pickOne.ts';
import { showInput } from '../../shown/inputs.ts';
import { showPick } from '../../shown/showPick.ts';
import {
  consoleWords,
  type FormRow,
  formRows,
  poolWords,
  privateQueue,
  type WorkerForm,
  type WorkerOwner,
} from './workerForm.ts';

export interface AnsweredForm {
  readonly form: WorkerForm;
  readonly wants: 'start' | 'save';
}

/** "Start" comes first, so that Enter starts; the rest changes how and comes back. */
export const askWorker = async (first: WorkerForm, app: CeleryApp, owner: WorkerOwner): Promise<AnsweredForm> => {
  const title = t('Debug Worker');
  let form = first;
  for (;;) {
    const placeHolder = t('Press Enter to start, or change an option');
    const { field } = await pickOne(formRows(form, app, owner), { title, placeHolder });
    if (field === 'start' || field === 'save') return { form, wants: field };
    form = { ...form, ...(await change(field, form, owner)) };
  }
};

const change = async (
  field: Exclude<FormRow['field'], 'start' | 'save'>,
  form: WorkerForm,
  owner: WorkerOwner,
): Promise<Partial<WorkerForm>> => {
  switch (field) {
    case 'pool':
      return pick(field, ['solo', 'prefork'], poolWords);
    case 'logLevel':
      return pick(field, ['INFO', 'DEBUG', 'WARNING'], String);
    case 'console':
      return pick(field, ['internalConsole', 'integratedTerminal'], consoleWords);
    case 'restartOnSave':
      return { restartOnSave: !form.restartOnSave };
    case 'queues':
      return changeQueues(owner);
    default:
      return field satisfies never;
  }
};

/** Who presses Escape comes back to the form. */
const pick = async <K extends 'pool' | 'logLevel' | 'console'>(
  field: K,
  values: readonly WorkerForm[K][],
  words: (value: WorkerForm[K]) => string,
): Promise<Partial<WorkerForm>> => {
  const items = values.map((value) => ({ label: words(value), value }));
  const picked = await showPick(items, { title: t('Debug Worker'), ignoreFocusOut: true });
  return picked ? { [field]: picked.value } : {};
};

const changeQueues = async (owner: WorkerOwner): Promise<Partial<WorkerForm>> => {
  const own = privateQueue(owner);
  const items = [
    { label: own, description: t('your own queue; send the tasks to debug there'), queues: 'private' as const },
    { label: t('Queues of the app'), description: t('takes tasks from the other workers'), queues: 'shared' as const },
    { label: t('Others…'), description: t('enter names'), queues: 'typed' as const },
  ];
  const title = t('Queues');
  const picked = await showPick(items, { title, ignoreFocusOut: true });
  if (!picked) return {};
  if (picked.queues !== 'typed') return { queues: picked.queues };
  const prompt = t('Queue names, separated by commas');
  const typed = await showInput({ title, prompt, ignoreFocusOut: true });
  const queues = (typed ?? '').split(',').map((each) => each.trim());
  return queues.some(Boolean) ? { queues: queues.filter(Boolean) } : {};
};
