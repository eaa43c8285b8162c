import { t } from '@vscode/l10n';
import type { Attempt } from '../../server/api/taskDetail.ts';
import { moment } from '../page/times.ts';
import { StateMark } from './stateMark.tsx';
import { type TracebackParts, TracebackView } from './tracebackView.tsx';
import { attemptSpan } from './words.ts';

interface AttemptsParts {
  readonly attempts: readonly Attempt[];
  readonly at: number;
  readonly openFrame: TracebackParts['openFrame'];
}

/** The runs of a task that was tried more than once, side by side. */
export const AttemptsView = ({ attempts, at, openFrame }: AttemptsParts) => (
  <ol class="attempts">
    {attempts.map((attempt) => (
      <li key={attempt.number} class="card">
        <h3>{t('Attempt {0}', attempt.number)}</h3>
        <p>
          <StateMark state={attempt.state} />
        </p>
        <dl>
          <dt>{t('Worker')}</dt>
          <dd>{attempt.worker ?? '–'}</dd>
          <dt>{t('Started')}</dt>
          <dd class="figure">{attempt.startedAt === null ? '–' : moment(attempt.startedAt, at)}</dd>
          <dt>{t('Runtime')}</dt>
          <dd class="figure">{attemptSpan(attempt)}</dd>
        </dl>
        {attempt.exception !== null && <p class="exception">{attempt.exception}</p>}
        {attempt.traceback !== null && (
          <details>
            <summary>{t('Traceback')}</summary>
            <TracebackView traceback={attempt.traceback} openFrame={openFrame} />
          </details>
        )}
      </li>
    ))}
  </ol>
);
