import { lstat, readlink } from 'node:fs/promises';
import { isAbsolute, join, parse } from 'node:path';
import type { PathStep } from './executableTrust.ts';

const mostLinks = 40;

/** Every name on the way to a file, each link followed one by one; null: the way leads nowhere. */
export const stepsTo = async (path: string): Promise<readonly PathStep[] | null> => {
  if (!isAbsolute(path)) return null;
  const { root } = parse(path);
  const steps: PathStep[] = [];
  let pending = namesIn(path);
  let at = root;
  let links = 0;
  try {
    steps.push(await stepAt(root));
    for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
      const next = join(at, name);
      const step = await stepAt(next);
      steps.push(step);
      if (!step.isLink) {
        at = next;
        continue;
      }
      if (++links > mostLinks) return null;
      const target = await readlink(next);
      pending = [...namesIn(target), ...pending];
      if (isAbsolute(target)) at = root;
    }
    return steps;
  } catch {
    return null;
  }
};

const namesIn = (path: string): string[] => path.split('/').filter((name) => name !== '');

const stepAt = async (path: string): Promise<PathStep> => {
  const found = await lstat(path);
  return { uid: found.uid, mode: found.mode, isLink: found.isSymbolicLink(), isFolder: found.isDirectory() };
};
