import { t } from '@vscode/l10n';
import type { BackendRecord } from '../../server/api/taskDetail.ts';
import { ActButton } from '../page/actButton.tsx';
import type { Host } from '../page/host.ts';
import { StateMark } from './stateMark.tsx';
import { ValueView } from './valueView.tsx';

interface RecordViewProps {
  readonly host: Host;
  readonly clusterId: string;
  readonly record: BackendRecord;
}

/** What the result backend holds of the task. */
export const RecordView = ({ host, clusterId, record }: RecordViewProps) => {
  switch (record.kind) {
    case 'unknown':
      return (
        <p class="quiet">
          {t('This connection has no result backend configured.')}{' '}
          <ActButton host={host} command="celeriac.editConnection" args={[{ clusterId }]} isSecondary>
            {t('Set Result Backend…')}
          </ActButton>
        </p>
      );
    case 'reading':
      return <p class="quiet">{t('Loading…')}</p>;
    case 'failed':
      return <p class="exception">{record.sentence}</p>;
    case 'absent':
      return (
        <p class="quiet">
          {t(
            'Nothing stored in {0}: the task has not finished, ignores its result, or the result has expired.',
            record.where,
          )}
        </p>
      );
    case 'found':
      return <FoundRecord found={record} />;
    default:
      return record satisfies never;
  }
};

const FoundRecord = ({ found }: { readonly found: Extract<BackendRecord, { kind: 'found' }> }) => {
  const { record, where } = found;
  const rows: readonly (readonly [string, string | number | null])[] = [
    [t('Stored in'), where],
    [t('Finished'), record.dateDone],
    [t('Name'), record.name],
    [t('Worker'), record.worker],
    [t('Queue'), record.queue],
    [t('Retries'), record.retries],
    [t('Group'), record.groupId],
    [t('Running on'), record.runningOn && `${record.runningOn.hostname} (${record.runningOn.pid})`],
  ];
  return (
    <>
      <p>
        <StateMark state={record.status} />
      </p>
      <dl>
        {rows.flatMap(([name, value]) =>
          value === null ? [] : [<dt key={`${name}-name`}>{name}</dt>, <dd key={name}>{value}</dd>],
        )}
        <dt>{t('Result')}</dt>
        <dd>
          <ValueView value={found.result} />
        </dd>
        {found.args && [
          <dt key="args-name">{t('Arguments')}</dt>,
          <dd key="args">
            <ValueView value={found.args} />
          </dd>,
        ]}
        {found.kwargs && [
          <dt key="kwargs-name">{t('Keyword arguments')}</dt>,
          <dd key="kwargs">
            <ValueView value={found.kwargs} />
          </dd>,
        ]}
      </dl>
      {record.notes.map((note) => (
        <p key={note} class="quiet">
          {note}
        </p>
      ))}
    </>
  );
};
