import { useEffect, useRef, useState } from 'preact/hooks';
import type { Dashboard } from '../../server/api/dashboard.ts';
import type { Host } from '../page/host.ts';
import { type Polling, startPolling } from '../page/polling.ts';
import { rhythmMs, spanOf, type View } from './view.ts';

interface Read {
  /** What was read last; it stays while it is read again, and when that fails. */
  readonly data: Dashboard | null;
  /** Why it could not be read the last time; null: it could. */
  readonly error: unknown;
}

/** Reads what the view asks for, again and again while it is looked at. */
export const useDashboard = (host: Host, clusterId: string, view: View): Read & { readonly refresh: () => void } => {
  const [read, setRead] = useState<Read>({ data: null, error: null });
  const wanted = useRef(view);
  wanted.current = view;
  const polling = useRef<Polling | null>(null);
  useEffect(() => {
    const readOnce = async (): Promise<void> => {
      const asked = wanted.current;
      try {
        const { filter } = asked;
        const data = await host.request('dashboard', { clusterId, filter, ...spanOf(asked, Date.now()) });
        // Meanwhile something else may have been asked for, and is on its way.
        if (asked === wanted.current) setRead({ data, error: null });
      } catch (error) {
        setRead(({ data }) => ({ data, error }));
      }
    };
    const own = startPolling({
      read: readOnce,
      everyMs: () => rhythmMs(wanted.current),
      isIdle: () => document.hidden || wanted.current.pausedAt !== null,
    });
    polling.current = own;
    const leave = host.onChange(({ kinds }) => {
      const matters = kinds === null || kinds.includes('link') || kinds.includes('gap');
      if (matters && wanted.current.pausedAt === null) own.refresh();
    });
    const seen = (): void => {
      if (!document.hidden) own.refresh();
    };
    document.addEventListener('visibilitychange', seen);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      leave();
      own.stop();
    };
  }, [host, clusterId]);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) polling.current?.refresh();
    isFirst.current = false;
  }, [view.rangeSeconds, view.zoom, view.filter, view.pausedAt]);
  return { ...read, refresh: () => polling.current?.refresh() };
};
