import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Run as a process of its own: `node leash.ts GROUP FOLDER`. As soon as its standard input ends (because its parent said
 * so, or because its parent is no more, however it died), it ends the process group and removes the folder.
 */
const [group, folder] = [Number(process.argv[2]), process.argv[3]];
const politeMs = 3_000;

const signal = (name: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(-group, name);
  } catch {
    return false;
  }
};

const isGoneWithin = async (limitMs: number): Promise<boolean> => {
  for (const end = Date.now() + limitMs; signal(0); await sleep(20)) if (Date.now() > end) return false;
  return true;
};

process.stdin.resume().on('end', async () => {
  signal('SIGTERM');
  if (!(await isGoneWithin(politeMs))) {
    signal('SIGKILL');
    await isGoneWithin(politeMs);
  }
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  process.exit(0);
});
