import { lstatSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { demoFolderPrefix } from './demoStaff.ts';

/** Tells that a folder was made here, and by which process. */
const markerFile = 'celeriac-demo.pid';

/** A folder for the messages and logs of a demo. */
export const makeDemoFolder = (): string => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), demoFolderPrefix));
  writeFileSync(join(folder, markerFile), String(process.pid), { flag: 'wx', mode: 0o600 });
  return folder;
};

export type DemoFolderState = 'gone' | 'running' | 'left' | 'foreign';

/**
 * What a folder is that the settings call one of the demo's. Settings may name any folder: only one that lies where we
 * make them, is called as we call them, belongs to this user and holds our marker is ours; a link never is.
 */
export const demoFolderState = (folder: string): DemoFolderState => {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return 'gone';
  const isInPlace = dirname(folder) === realpathSync(tmpdir()) && /^[A-Za-z0-9]{6}$/.test(nameEnd(folder));
  if (!isInPlace || !found.isDirectory() || !isOwn(found.uid)) return 'foreign';
  const marker = join(folder, markerFile);
  const marked = lstatSync(marker, { throwIfNoEntry: false });
  if (marked?.isFile() !== true || marked.size > 20 || !isOwn(marked.uid)) return 'foreign';
  return isAlive(Number(readFileSync(marker, 'utf8'))) ? 'running' : 'left';
};

/** Deletes a folder that was made here; any other stays. Links in it are deleted, not followed. */
export const removeDemoFolder = (folder: string): void => {
  const state = demoFolderState(folder);
  if (state === 'running' || state === 'left') rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
};

const nameEnd = (folder: string): string => {
  const name = basename(folder);
  return name.startsWith(demoFolderPrefix) ? name.slice(demoFolderPrefix.length) : '';
};

const isOwn = (uid: number): boolean => process.getuid === undefined || uid === process.getuid();

const isAlive = (pid: number): boolean => {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
