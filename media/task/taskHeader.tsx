import { t } from '@vscode/l10n';
import { count, duration } from '../../server/api/figures.ts';
import { endStates } from '../../server/api/history.ts';
import type { TaskDetail } from '../../server/api/taskDetail.ts';
import { ActButton } from '../page/actButton.tsx';
import type { Host } from '../page/host.ts';
import { StateMark } from './stateMark.tsx';

interface TaskHeaderParts {
  readonly host: Host;
  readonly clusterId: string;
  readonly detail: TaskDetail;
  readonly readAgain: () => void;
}

export const TaskHeader = ({ host, clusterId, detail, readAgain }: TaskHeaderParts) => {
  const { task, id } = detail;
  const row = { clusterId, taskId: id, ...(task?.name ? { taskName: task.name } : {}) };
  const act = (command: string, label: string, isSecondary = false) => (
    <ActButton host={host} command={command} args={[row]} isSecondary={isSecondary}>
      {label}
    </ActButton>
  );
  const isOver = task !== null && endStates.includes(task.state);
  const hasFailed = task?.state === 'FAILURE';
  const isRunning = task?.state === 'STARTED';
  // One button stands out: what one most likely came for.
  return (
    <header>
      <div class="task-title">
        {task && <StateMark state={task.state} />}
        <h1>{task?.name ?? t('Unnamed Task')}</h1>
        <span class="task-actions">
          {task?.name && act('celeriac.goToCode', t('Go to Code'), hasFailed || isRunning)}
          {hasFailed && act('celeriac.retryTask', t('Retry…'))}
          {task?.state === 'SUCCESS' && act('celeriac.retryTask', t('Run Again…'), true)}
          {isRunning && act('celeriac.attachDebugger', t('Attach Debugger…'))}
          {task?.name && isOver && act('celeriac.runTaskUnderDebugger', t('Debug…'), true)}
          {!isOver && act('celeriac.revokeTask', t('Revoke…'), true)}
          {act('celeriac.copyTaskId', t('Copy ID'), true)}
          <button type="button" class="secondary" onClick={readAgain}>
            {t('Refresh')}
          </button>
        </span>
      </div>
      <p class="task-facts">
        <code>{id}</code>
        {factsOf(detail).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      {task?.exception && task.state !== 'SUCCESS' && <p class="exception">{task.exception}</p>}
    </header>
  );
};

const factsOf = ({ task, source }: TaskDetail): readonly string[] => {
  if (task === null) return [];
  const { worker, queue, retries, runtimeSeconds, revocation } = task;
  const facts: readonly (string | false | null)[] = [
    worker,
    queue !== null && t('queue {0}', queue),
    runtimeSeconds !== null && t('ran for {0}', duration(runtimeSeconds)),
    retries !== null && retries > 0 && (retries === 1 ? t('1 retry') : t('{0} retries', count(retries))),
    revocation?.expired === true && t('expired'),
    revocation?.terminated === true && t('terminated'),
    source === 'history' && t('from the history'),
  ];
  return facts.filter((fact) => typeof fact === 'string');
};
