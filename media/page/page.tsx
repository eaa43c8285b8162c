import type { PageAddress } from '../../server/api/page.ts';
import { Dashboard } from '../dashboard/dashboard.tsx';
import { GraphPage } from '../graph/graphPage.tsx';
import { TaskPage } from '../task/taskPage.tsx';
import type { Host } from './host.ts';

/** One bundle shows every kind of page; the address says which. */
export const Page = ({ host, address }: { readonly host: Host; readonly address: PageAddress }) => {
  switch (address.kind) {
    case 'dashboard':
      return <Dashboard host={host} clusterId={address.clusterId} taskName={address.taskName} />;
    case 'task':
      return <TaskPage host={host} clusterId={address.clusterId} taskId={address.taskId} />;
    case 'graph':
      return <GraphPage host={host} clusterId={address.clusterId} />;
    default:
      return address satisfies never;
  }
};
