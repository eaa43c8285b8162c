/**
 * How many tasks a pool runs at once, by what `stats` says of it. `max-concurrency` is what the worker was started with:
 * prefork and gevent pools that grow or shrink leave it as it is (celery/concurrency/prefork.py, gevent.py), so what is
 * there is counted where the pool lists it.
 */
export const poolSizeOf = (pool: Readonly<Record<string, unknown>>): number | null => {
  const { processes, 'free-threads': free, 'running-threads': running, 'max-concurrency': most } = pool;
  if (Array.isArray(processes) && processes.length > 0) return processes.length;
  if (typeof free === 'number' && typeof running === 'number') return free + running;
  return typeof most === 'number' && Number.isFinite(most) ? most : null;
};
