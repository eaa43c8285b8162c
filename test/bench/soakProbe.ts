import { writeFileSync } from 'node:fs';

/** What a process that is watched tells of itself, right after a full garbage collection. */
export interface ProbeReading {
  readonly liveBytes: number;
  readonly residentBytes: number;
  /** Timers, sockets, files and the like that keep the process alive. */
  readonly resources: number;
  /** Of the process itself: signals, warnings, exceptions. */
  readonly listeners: number;
  /** Warnings of Node, such as that of an emitter with ever more listeners. */
  readonly warnings: readonly string[];
}

const path = process.env['CELERIAC_SOAK_PROBE'];
const warnings: string[] = [];

const listeners = (): number => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);

const read = (): ProbeReading => {
  // Twice: what the first only finds to be over, the second takes away.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return {
    liveBytes: heapUsed + external,
    residentBytes: rss,
    resources: process.getActiveResourcesInfo().length,
    listeners: listeners(),
    warnings,
  };
};

/** Preloaded into the process that is watched (`node --import`); a signal asks for a reading. */
if (path !== undefined) {
  process.on('warning', ({ name, message }) => warnings.push(`${name}: ${message}`));
  process.on('SIGUSR2', () => writeFileSync(path, JSON.stringify(read())));
}
