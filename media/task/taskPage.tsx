import { t } from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { endStates } from '../../server/api/history.ts';
import type { TaskDetail } from '../../server/api/taskDetail.ts';
import type { Host } from '../page/host.ts';
import { Icon } from '../page/icon.tsx';
import { clock } from '../page/times.ts';
import { AttemptsView } from './attemptsView.tsx';
import { EventsView } from './eventsView.tsx';
import { KinView } from './kinView.tsx';
import { LifeLineView } from './lifeLineView.tsx';
import { RecordView } from './recordView.tsx';
import { TaskHeader } from './taskHeader.tsx';
import { TracebackView } from './tracebackView.tsx';
import { UnknownsView } from './unknownsView.tsx';
import { useDetail } from './useDetail.ts';
import { ValueView } from './valueView.tsx';

interface TaskPageParts {
  readonly host: Host;
  readonly clusterId: string;
  readonly taskId: string;
}

/** Everything about one task. */
export const TaskPage = ({ host, clusterId, taskId }: TaskPageParts) => {
  const { detail, problem, readAgain } = useDetail(host, clusterId, taskId);
  const away = detail === null ? null : awayWords(detail);
  return (
    <main class={problem === null && away === null ? 'task-page' : 'task-page stale'}>
      {problem !== null && (
        <p class="exception" role="alert">
          {problem}
        </p>
      )}
      {problem === null && away !== null && (
        <output class="notice warning">
          <Icon name="warning" /> {away}
        </output>
      )}
      {detail === null ? (
        problem === null && <p class="quiet">{t('Loading…')}</p>
      ) : (
        <>
          <TaskHeader host={host} clusterId={clusterId} detail={detail} readAgain={readAgain} />
          <TaskBody host={host} clusterId={clusterId} detail={detail} />
        </>
      )}
    </main>
  );
};

/** Why what is shown may be old; null: it is not. */
const awayWords = ({ link, task }: TaskDetail): string | null => {
  if (link.kind === 'live' || (task !== null && endStates.includes(task.state))) return null;
  return link.kind === 'lost'
    ? t('Offline since {0}: the task may have changed since then.', clock(link.since))
    : t('Not connected: the task may have changed.');
};

interface TaskBodyParts {
  readonly host: Host;
  readonly clusterId: string;
  readonly detail: TaskDetail;
}

const TaskBody = ({ host, clusterId, detail }: TaskBodyParts) => {
  const { task, relations, attempts, at } = detail;
  const openFrame = host.can('celeriac.openFrame')
    ? (frame: object): void => act(host, 'celeriac.openFrame', frame)
    : null;
  const open = (taskId: string): void => act(host, 'celeriac.openTask', { clusterId, taskId });
  return (
    <>
      {detail.lifeLine.moments.length > 0 && <LifeLineView lifeLine={detail.lifeLine} at={at} />}
      {task && (
        <div class="columns">
          <Part title={t('Arguments')}>
            <ValueView value={detail.args} />
          </Part>
          <Part title={t('Keyword Arguments')}>
            <ValueView value={detail.kwargs} />
          </Part>
          <Part title={t('Result')}>
            {task.state === 'SUCCESS' ? (
              <ValueView value={detail.result} />
            ) : (
              <p class="quiet">{endStates.includes(task.state) ? t('None.') : t('None yet.')}</p>
            )}
          </Part>
        </div>
      )}
      {task?.traceback && task.state !== 'SUCCESS' && (
        <Part title={t('Traceback')}>
          <TracebackView traceback={task.traceback} openFrame={openFrame} />
        </Part>
      )}
      {attempts.length > 0 && (
        <Part title={t('Attempts')}>
          <AttemptsView attempts={attempts} at={at} openFrame={openFrame} />
        </Part>
      )}
      {task && (
        <Part title={t('Related Tasks')}>
          <KinView relations={relations} taskId={detail.id} open={open} />
        </Part>
      )}
      <Part title={t('Result Backend')}>
        <RecordView host={host} clusterId={clusterId} record={detail.record} />
      </Part>
      <Part title={t('Raw Events')}>
        <EventsView events={detail.events} at={at} />
      </Part>
      {detail.unknowns.length > 0 && (
        <Part title={t('Missing Information')}>
          <UnknownsView unknowns={detail.unknowns} />
        </Part>
      )}
    </>
  );
};

const Part = ({ title, children }: { readonly title: string; readonly children: ComponentChildren }) => (
  <section aria-label={title}>
    <h2>{title}</h2>
    {children}
  </section>
);

/** Commands show their own errors; one that the page may not run is a defect that the log of the page names. */
const act = (host: Host, command: string, target: object): void => {
  void host.act(command, target);
};
