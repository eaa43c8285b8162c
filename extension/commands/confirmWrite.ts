import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { pickOne } from '../pick/pickOne.ts';
import { showInput } from '../shown/inputs.ts';
import { askModally } from '../shown/messages.ts';
import { MendableError } from './mendableError.ts';
import { run } from './run.ts';
import { planWrite, type Write, type WriteStep } from './writePlan.ts';

/** The one place where changes are confirmed. Returns when they may be made; throws when they may not. */
export const confirmWrite = async (write: Write, cluster: ClusterSnapshot): Promise<void> => {
  const plan = planWrite(write, cluster);
  if (plan.kind === 'refused') throw readOnlyError(plan.sentence, cluster);
  for (const step of plan.steps) await take(step);
};

/** Refused before anything is asked: a form is not filled in to be refused at its end. */
export const refuseIfReadOnly = (title: string, cluster: ClusterSnapshot): void => {
  const plan = planWrite({ title, consequence: '', action: '', weight: 'plain' }, cluster);
  if (plan.kind === 'refused') throw readOnlyError(plan.sentence, cluster);
};

/** The connection can be made writable from the message itself. */
const readOnlyError = (sentence: string, { clusterId }: ClusterSnapshot): MendableError =>
  new MendableError('readOnly', sentence, {
    label: t('Make Writable…'),
    act: () => run('toggleReadOnly', { clusterId }),
  });

const take = async (step: WriteStep): Promise<void> => {
  switch (step.kind) {
    case 'choice':
      return takeChoice(step);
    case 'dialog':
      orCancelled(await askModally(step, step.yes));
      return;
    case 'typed':
      return takeName(step);
    default:
      step satisfies never;
  }
};

const takeChoice = async ({ title, yes, detail }: Extract<WriteStep, { kind: 'choice' }>): Promise<void> => {
  const go = { label: yes, detail };
  const placeHolder = t('Press Enter to confirm or Escape to cancel');
  const picked = await pickOne([go, { label: t('Cancel') }], { title, placeHolder });
  orCancelled(picked === go ? picked : undefined);
};

const takeName = async ({ title, prompt, name }: Extract<WriteStep, { kind: 'typed' }>): Promise<void> => {
  const validateInput = (text: string): string | null =>
    text.trim() === name ? null : t('Type {0} to confirm, or press Escape to cancel.', name);
  orCancelled(await showInput({ title, prompt, placeHolder: name, ignoreFocusOut: true, validateInput }));
};
