import { existsSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const suffix = '.sqlite';
/** What SQLite keeps beside a database. */
const companions = ['-wal', '-shm', ''];

/**
 * Where the history that was asked for as `path` really lies. A file that takes the place of a damaged one gets another
 * name, "….2.sqlite": another window may still have the old one open, and SQLite removes what lies beside it by its name
 * when that window closes it.
 */
export const currentPath = (path: string): string => {
  const stem = basename(path, suffix);
  let newest = 1;
  let isSound = true;
  for (const name of readdirSync(dirname(path))) {
    const found = name.startsWith(stem)
      ? /^(?:\.(\d+))?\.sqlite(\.corrupt-[^-]+(?:-\d+)?)?$/.exec(name.slice(stem.length))
      : null;
    if (!found) continue;
    const generation = Number(found[1] ?? 1);
    if (generation > newest) isSound = true;
    newest = Math.max(newest, generation);
    if (generation === newest && found[2] !== undefined) isSound = false;
  }
  const generation = isSound ? newest : newest + 1;
  return generation === 1 ? path : join(dirname(path), `${stem}.${generation}${suffix}`);
};

/** As the recorder names the files in its folder (`historyPath`). */
const ownName = /-[0-9a-f]{10}\.history(?:\.\d+)?\.sqlite$/;

/** Renames a damaged file of the recorder's own with all that belongs to it; answers its new name. */
export const setAside = (path: string, now: number): string => {
  if (!ownName.test(basename(path))) throw new Error(`${path} does not have the name of a history file`);
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  let name = `${path}.corrupt-${time}`;
  for (let again = 2; existsSync(name); again++) name = `${path}.corrupt-${time}-${again}`;
  for (const companion of companions) {
    if (existsSync(path + companion)) renameSync(path + companion, name + companion);
  }
  return name;
};
