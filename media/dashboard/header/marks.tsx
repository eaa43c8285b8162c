import { t } from '@vscode/l10n';
import type { Dashboard } from '../../../server/api/dashboard.ts';
import { Icon } from '../../page/icon.tsx';
import { clock } from '../../page/times.ts';

interface MarksProps {
  readonly dashboard: Dashboard;
  readonly isClosed: boolean;
}

/** Beside the name: how careful to be with this connection, and whether what is shown is live. */
export const Marks = ({ dashboard: { environment, isReadOnly, link, at }, isClosed }: MarksProps) => {
  const kind = isClosed ? 'disconnected' : link.kind;
  return (
    <>
      {environment !== 'dev' && <span class={`badge ${environment}`}>{environment.toUpperCase()}</span>}
      {isReadOnly && (
        <span class="badge" title={t('Commands cannot change this cluster.')}>
          <Icon name="lock" /> {t('READ-ONLY')}
        </span>
      )}
      <span class={`link-state ${kind}`}>{linkWord(kind)}</span>
      {kind !== 'live' && kind !== 'connecting' && <span class="link-state">{t('as of {0}', clock(at))}</span>}
    </>
  );
};

const linkWord = (kind: Dashboard['link']['kind']): string =>
  ({ live: t('● live'), connecting: t('… connecting'), lost: t('✗ offline'), disconnected: t('○ not connected') })[
    kind
  ];
