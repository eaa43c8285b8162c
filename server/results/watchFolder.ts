import { watch } from 'node:fs';
import { explainFileError } from './filePath.ts';
import type { ResultWatcher, StopWatching } from './resultStore.ts';

/**
 * Rings when a file whose name `isMeant` changes. Where the system has no watches left, or the folder lies on another
 * machine, nothing rings and the waiting's own looks must do.
 */
export const watchFolder = (
  folder: string,
  isMeant: (name: string) => boolean,
  { onChange }: ResultWatcher,
): StopWatching => {
  try {
    const watcher = watch(folder, { persistent: true }, (_, name) => {
      if (name === null || isMeant(name)) onChange();
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch (error) {
    if (isOutOfWatches(error)) return () => undefined;
    throw explainFileError(error, folder);
  }
};

const isOutOfWatches = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EMFILE');
