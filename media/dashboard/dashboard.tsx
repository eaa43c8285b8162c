import { t } from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { Host } from './host.ts';

export const Dashboard = ({ host, clusterId }: { readonly host: Host; readonly clusterId: string }) => {
  const [snapshot, setSnapshot] = useState<ClusterSnapshot | null>(null);
  useEffect(() => {
    const read = async (): Promise<void> => setSnapshot(await host.request('snapshot', { clusterId }));
    void read();
    return host.onChange(() => void read());
  }, [host, clusterId]);
  if (snapshot === null) return <p>{t('Reading…')}</p>;
  return (
    <main>
      <h1>{snapshot.name}</h1>
      <p>{t('{0} workers', Object.keys(snapshot.workers).length)}</p>
    </main>
  );
};
