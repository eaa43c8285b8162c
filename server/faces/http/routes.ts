import type { Route } from './route.ts';
import { compatible } from './routes/compatible.ts';
import { health } from './routes/health.ts';
import { journal } from './routes/journal.ts';
import { metrics } from './routes/metricsRoute.ts';
import { openapi } from './routes/openapi.ts';
import { pages } from './routes/page.ts';
import { probes } from './routes/probes.ts';
import { stream } from './routes/stream.ts';
import { tasks } from './routes/tasks.ts';
import { workers } from './routes/workers.ts';
import { writes } from './routes/writes.ts';

/** Everything that can be asked over HTTP. */
export const routes: readonly Route[] = [
  ...probes,
  ...metrics,
  ...health,
  ...compatible,
  ...workers,
  ...tasks,
  ...journal,
  ...stream,
  ...writes,
  ...openapi,
  ...pages,
];
