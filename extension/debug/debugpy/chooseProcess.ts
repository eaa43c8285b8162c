import { t } from '@vscode/l10n';
import type { DebugTarget } from '../../../server/api/debugging.ts';
import { pickOne } from '../../pick/pickOne.ts';
import { type AskedProcess, type ChosenProcess, meantProcess } from './meantProcess.ts';

export const chooseProcess = async (target: DebugTarget, asked: AskedProcess): Promise<ChosenProcess> =>
  meantProcess(target, asked) ?? pickProcess(target);

const shownIdLength = 8;

/** Those that run something first. */
const pickProcess = async ({ hostname, childPids, running }: DebugTarget): Promise<ChosenProcess> => {
  const all = (childPids ?? []).map((pid) => ({ pid, task: running.find((each) => each.pid === pid) ?? null }));
  const items = all
    .toSorted((a, b) => Number(b.task !== null) - Number(a.task !== null) || a.pid - b.pid)
    .map(({ pid, task }) => ({
      label: String(pid),
      icon: task ? 'vm-running' : 'vm-outline',
      description: task
        ? `${task.name ?? task.id} · ${task.id.slice(0, shownIdLength)}`
        : t('idle: stops in the next task it runs'),
      process: { pid, task },
    }));
  return (await pickOne(items, { title: t('Attach Debugger to {0}', hostname), placeHolder: t('Select a process') }))
    .process;
};
