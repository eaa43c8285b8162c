import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { orLeft } from '../pick/orLeft.ts';
import { pickOne } from '../pick/pickOne.ts';
import { showInput } from '../shown/inputs.ts';
import { askModally } from '../shown/messages.ts';
import { planWrite, type Write, type WriteStep } from './writePlan.ts';

/** The one place where changes are confirmed. Returns when they may be made; throws when they may not. */
export const confirmWrite = async (write: Write, cluster: ClusterSnapshot): Promise<void> => {
  const plan = planWrite(write, cluster);
  if (plan.kind === 'refused') throw new CeleriacError('readOnly', plan.sentence);
  for (const step of plan.steps) await take(step);
};

/** Nobody fills in a form only to hear at its end that nothing may be changed here. */
export const refuseIfReadOnly = (title: string, cluster: ClusterSnapshot): void => {
  const plan = planWrite({ title, consequence: '', action: '', weight: 'plain' }, cluster);
  if (plan.kind === 'refused') throw new CeleriacError('readOnly', plan.sentence);
};

const take = async (step: WriteStep): Promise<void> => {
  switch (step.kind) {
    case 'choice':
      return takeChoice(step);
    case 'dialog':
      orLeft(await askModally(step, step.yes));
      return;
    case 'typed':
      return takeName(step);
    default:
      step satisfies never;
  }
};

const takeChoice = async ({ title, yes, detail }: Extract<WriteStep, { kind: 'choice' }>): Promise<void> => {
  const go = { label: yes, detail };
  const placeHolder = t('Enter goes on, Escape leaves everything as it is.');
  const picked = await pickOne([go, { label: t('Cancel') }], { title, placeHolder });
  orLeft(picked === go ? picked : undefined);
};

const takeName = async ({ title, prompt, name }: Extract<WriteStep, { kind: 'typed' }>): Promise<void> => {
  const validateInput = (text: string): string | null =>
    text.trim() === name ? null : t('Type {0} to go on, or press Escape.', name);
  orLeft(await showInput({ title, prompt, placeHolder: name, ignoreFocusOut: true, validateInput }));
};
