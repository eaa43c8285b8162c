import { readFileSync } from 'node:fs';
import type { Usage } from './subject.ts';

/** proc(5): utime and stime in hundredths of a second, the resident set in pages. */
export const usageOf = (pid: number): Usage => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100,
    residentBytes: Number(fields[21]) * 4096,
    peakResidentBytes: peakResidentBytesOf(pid),
  };
};

/** Not getrusage's ru_maxrss: that begins with what the parent had when it forked. */
export const peakResidentBytesOf = (pid: number | 'self'): number => {
  const line = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
  return Number(line?.[1]) * 1024;
};

/** The share of the last ten seconds in which somebody waited for a CPU; null where the kernel does not tell. */
export const cpuPressure = (): number | null => {
  try {
    const avg10 = /^some avg10=([\d.]+)/m.exec(readFileSync('/proc/pressure/cpu', 'latin1'));
    return avg10 ? Number(avg10[1]) / 100 : null;
  } catch {
    return null;
  }
};
