import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabLacks } from './labLacks.ts';

/** A control group that processes can be put into, and that allows them so much memory in all. */
export interface MemoryCage {
  /** The words of a command that runs inside, for `sh -c`. */
  readonly shell: (command: readonly string[]) => readonly string[];
  /** The most that was ever in use. */
  readonly peakBytes: () => number;
  /** How many processes were killed because there was no more. */
  readonly kills: () => number;
  readonly open: () => void;
}

interface Layout {
  readonly folder: string;
  readonly limit: string;
  readonly peak: string;
  readonly events: string;
}

const version1: Layout = {
  folder: '/sys/fs/cgroup/memory',
  limit: 'memory.limit_in_bytes',
  peak: 'memory.max_usage_in_bytes',
  events: 'memory.oom_control',
};
const version2: Layout = {
  folder: '/sys/fs/cgroup',
  limit: 'memory.max',
  peak: 'memory.peak',
  events: 'memory.events',
};

/** Needs root and control groups that can be written, as on a plain machine; skips where that is not so. */
export const memoryCage = (name: string, bytes: number): MemoryCage => {
  const layout = existsSync(join(version1.folder, version1.limit)) ? version1 : version2;
  const folder = join(layout.folder, name);
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, layout.limit), `${bytes}`);
  } catch (error) {
    throw new LabLacks(
      `no control group for memory can be made here (${error instanceof Error ? error.message : error})`,
    );
  }
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  return {
    shell: (command) => ['-c', `echo $$ > ${folder}/cgroup.procs && exec "$@"`, 'caged', ...command],
    peakBytes: () => Number(read(layout.peak)),
    kills: () => Number(/^oom_kill (\d+)/m.exec(read(layout.events))?.[1] ?? 0),
    open: () => rmdirSync(folder),
  };
};
