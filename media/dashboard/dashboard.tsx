import { t } from '@vscode/l10n';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Dashboard as Data, FilterKind } from '../../server/api/dashboard.ts';
import type { Host } from '../page/host.ts';
import { ChartCard } from './charts/chartCard.tsx';
import { chartsOf } from './charts/panels.ts';
import { Header } from './header/header.tsx';
import { VerdictLine } from './header/verdictLine.tsx';
import { brokenNotice, closed, isClosed, noticeOf } from './notice.ts';
import { NoticeBar } from './panels/noticeBar.tsx';
import { SlowestCard } from './panels/slowestCard.tsx';
import { StatesCard } from './panels/statesCard.tsx';
import { TilesRow } from './panels/tilesRow.tsx';
import { WorkersCard } from './panels/workersCard.tsx';
import { shownSpan } from './shownSpan.ts';
import { Tables } from './tables/tables.tsx';
import { tilesOf } from './tiles.ts';
import { useDashboard } from './useDashboard.ts';
import { filteredBy, type View, viewFrom, withTable, zoomed } from './view.ts';

interface DashboardProps {
  readonly host: Host;
  readonly clusterId: string;
  /** The task that it is filtered to at first. */
  readonly taskName: string | undefined;
}

/** Whether a cluster is well, at one look. */
export const Dashboard = ({ host, clusterId, taskName }: DashboardProps) => {
  const [view, setView] = useState<View>(() => viewFrom(host.kept, taskName));
  const change = (next: View): void => {
    keepPart(host, next);
    setView(next);
  };
  const { data, error, refresh } = useDashboard(host, clusterId, view);
  const act = (command: string): void => void host.act(command, { clusterId });
  const notice = data ? noticeOf(data) : null;
  return (
    <main class={notice?.isStale || error !== null ? 'stale' : ''} aria-busy={data === null}>
      <Header
        view={view}
        dashboard={data}
        name={data?.name ?? clusterId}
        isClosed={isClosed(error)}
        namesOf={(kind) => host.request('names', { clusterId, kind })}
        onView={change}
        onRefresh={refresh}
        onSwitch={() => void host.act('celeriac.openDashboard')}
        onAnother={() => void host.act('celeriac.openDashboard', { clusterId, another: true })}
      />
      {data?.link.kind === 'live' && error === null && (
        <VerdictLine
          verdict={data.verdict}
          onReason={
            host.can('celeriac.showAlert')
              ? (alertId) => void host.act('celeriac.showAlert', { clusterId, alertId })
              : null
          }
          onAll={host.can('celeriac.showAlerts') ? () => act('celeriac.showAlerts') : null}
        />
      )}
      {error !== null && <NoticeBar notice={brokenNotice(error)} can={host.can} onAct={act} />}
      {notice && error === null && <NoticeBar notice={notice} can={host.can} onAct={act} />}
      {data ? (
        <Body data={isClosed(error) ? closed(data) : data} view={view} onView={change} />
      ) : (
        error === null && <p class="empty">{t('Loading…')}</p>
      )}
      <Tables
        host={host}
        clusterId={clusterId}
        filter={view.filter}
        zoom={view.zoom}
        isPaused={view.pausedAt !== null}
        kept={keptPart(host, 'lists')}
        keep={(lists) => keepPart(host, { lists })}
      />
    </main>
  );
};

interface BodyProps {
  readonly data: Data;
  readonly view: View;
  readonly onView: (view: View) => void;
}

const Body = ({ data, view, onView }: BodyProps) => {
  const charts = useMemo(() => chartsOf(data), [data]);
  const span = useMemo(() => shownSpan(data, view.zoom !== null), [data, view.zoom]);
  const current = useRef(view);
  useEffect(() => {
    current.current = view;
  });
  const filter = (kind: FilterKind, name: string): void => onView(filteredBy(current.current, kind, name));
  return (
    <>
      <TilesRow tiles={tilesOf(data)} />
      <div class="grid">
        {charts.map((panel) => (
          <ChartCard
            key={panel.id}
            panel={panel}
            gaps={data.gaps}
            span={span}
            isTable={view.tables.includes(panel.id)}
            onToggle={() => onView(withTable(current.current, panel.id))}
            onZoom={(from, to) => onView(zoomed(current.current, from, to))}
            onReset={() => onView({ ...current.current, zoom: null })}
            onFilter={filter}
          />
        ))}
        <StatesCard states={data.states} />
        <SlowestCard slowest={data.slowest} onFilter={(name) => filter('type', name)} />
        <WorkersCard
          workers={data.workers}
          known={data.now.workersKnown}
          onFilter={(hostname) => filter('worker', hostname)}
        />
      </div>
    </>
  );
};

/** Keeps a part of the page's view, beside what others keep of it. */
const keepPart = (host: Host, part: object): void =>
  host.keep({ ...(typeof host.kept === 'object' ? host.kept : null), ...part });

const keptPart = (host: Host, name: string): unknown =>
  typeof host.kept === 'object' && host.kept !== null ? Reflect.get(host.kept, name) : undefined;
