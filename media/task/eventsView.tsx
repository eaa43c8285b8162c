import { t } from '@vscode/l10n';
import type { RawEvents } from '../../server/api/taskDetail.ts';
import { moment } from '../page/times.ts';

/** The events of the task as they came. */
export const EventsView = ({ events, at }: { readonly events: RawEvents; readonly at: number }) => (
  <>
    {events.events.length === 0 && <p class="quiet">{t('No raw events in memory.')}</p>}
    {events.events.map(({ type, at: sentAt, by, receivedAt, json }, index) => (
      <details key={index} class="event">
        <summary>
          <code>{type}</code> <span class="figure">{moment(sentAt ?? receivedAt, at)}</span>{' '}
          <span class="quiet">{by}</span>
        </summary>
        <pre>{json}</pre>
      </details>
    ))}
    {events.keptSince !== null && (
      <p class="quiet">{t('Raw events in memory go back to {0}.', moment(events.keptSince, at))}</p>
    )}
  </>
);
