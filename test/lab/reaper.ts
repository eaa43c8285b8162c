// Ends what a lab has started, once the lab's process is gone, however it went: its end of our stdin closes with it.
// Run as a process of its own: node reaper.ts <folder>. Reads `+<pid>` (a group to end) and `-<pid>` (ended already).
import { readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { isGroupAlive, processIds, sendSignal } from './processes.ts';

const patienceMs = 15_000;
const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: node reaper.ts <folder>');
const groups = new Set<number>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) groups.add(pid);
  else groups.delete(pid);
}

const signalAll = (signal: NodeJS.Signals): void => {
  for (const pid of groups) sendSignal(-pid, signal);
  for (const pid of strays()) sendSignal(pid, signal);
};

/** Processes that left their group (daemons such as epmd) still carry the lab's name in their environment. */
const strays = (): number[] => {
  const mark = `CELERIAC_LAB=${folder}\0`;
  return processIds().filter((pid) => pid !== process.pid && environmentOf(pid).includes(mark));
};

const environmentOf = (pid: number): string => {
  try {
    return `${readFileSync(`/proc/${pid}/environ`, 'latin1')}\0`;
  } catch {
    return '';
  }
};

const isAnyoneLeft = (): boolean => [...groups].some(isGroupAlive) || strays().length > 0;

// By force and at once: a worker takes seconds to end in its own way, and what it would put in order goes with the folder.
// A process that hangs in the kernel outlasts even that for a while; the reaper does not wait for it forever.
const deadline = Date.now() + patienceMs;
while (isAnyoneLeft() && Date.now() < deadline) {
  signalAll('SIGKILL');
  await wait(20);
}
rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
