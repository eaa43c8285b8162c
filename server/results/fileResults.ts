import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { GroupResult, TaskResult } from '../api/results.ts';
import { decodeGroup } from '../celery/groupMessage.ts';
import { peekStatus, statusWithinBytes } from '../celery/resultFormat.ts';
import { readResultKeys } from '../celery/resultKeys.ts';
import { decodeTaskResult, missingResult, unreadResult } from '../celery/resultMessage.ts';
import { NotReadable } from '../files/notReadable.ts';
import { openHandle } from '../files/openHandle.ts';
import { explainFileError, resolvePath } from './filePath.ts';
import { groupOf, savedGroup } from './groupProgress.ts';
import { largestEntryBytes, tooLarge } from './largestEntry.ts';
import type { ResultStore } from './resultStore.ts';
import { watchFolder } from './watchFolder.ts';

export interface FileResultsOptions {
  readonly url: string;
  readonly transportOptions: Readonly<Record<string, unknown>>;
  readonly folder?: string;
}

/** Results as files of one folder (celery/backends/filesystem.py). */
export const createFileResults = ({ url, transportOptions, folder: base }: FileResultsOptions): ResultStore => {
  const folder = resolvePath(pathOf(url), base);
  const keys = readResultKeys(transportOptions);
  const fileOf = (key: string): string | null => (/[/\\\0]/.test(key) ? null : join(folder, key));
  const read = async (taskId: string, signal: AbortSignal): Promise<TaskResult> => {
    const file = fileOf(keys.task(taskId));
    const content = file === null ? null : await readWritten(file, folder, signal);
    if (content === null) return missingResult(taskId);
    return typeof content === 'number' ? unreadResult(taskId, tooLarge(content)) : decodeTaskResult(taskId, content);
  };
  const status = async (taskId: string, signal: AbortSignal): Promise<string> => {
    const file = fileOf(keys.task(taskId));
    const start = file === null ? null : await readStart(file, folder, statusWithinBytes);
    return (start && peekStatus(start.bytes)) ?? (await read(taskId, signal)).status;
  };
  const group = async (groupId: string, signal: AbortSignal): Promise<GroupResult | null> => {
    const file = fileOf(keys.group(groupId));
    const content = file === null ? null : await readWritten(file, folder, signal);
    if (content === null) return null;
    if (typeof content === 'number') return groupOf(groupId, { sentence: tooLarge(content) });
    const members = decodeGroup(content);
    if ('sentence' in members) return groupOf(groupId, { sentence: members.sentence });
    return savedGroup(groupId, members.taskIds, (taskIds) =>
      Promise.all(taskIds.map((taskId) => status(taskId, signal))),
    );
  };
  return {
    name: `the folder ${folder}`,
    // The file system tells of changes, but not if it lies on another machine.
    recheckMs: 1_000,
    read,
    watch: async (taskId, watcher) => watchFolder(folder, (name) => name === keys.task(taskId), watcher),
    group,
    chord: async () => {
      throw new CeleriacError('unsupported', phrase('result.folderChord'));
    },
    close: async () => undefined,
  };
};

/** celery/backends/filesystem.py: _find_path. */
const pathOf = (url: string): string =>
  url.startsWith('file://localhost/') ? url.slice('file://localhost'.length) : url.slice('file://'.length);

const writingTakesMs = 500;

/**
 * The whole file, its size where that is too large, or `null` where there is none. Celery empties a file and then writes
 * it, so what looks half written is read again.
 */
const readWritten = async (file: string, folder: string, signal: AbortSignal): Promise<Buffer | number | null> => {
  const giveUpAt = performance.now() + writingTakesMs;
  for (;;) {
    const content = await readStart(file, folder, largestEntryBytes);
    if (content === null || (isWhole(content.bytes) && content.size <= largestEntryBytes))
      return content?.bytes ?? null;
    if (content.size > largestEntryBytes) return content.size;
    if (performance.now() > giveUpAt) return content.bytes;
    await delay(10, undefined, { signal });
  }
};

/** JSON that begins and does not end is still being written; of other formats nobody can say. */
const isWhole = (bytes: Buffer): boolean =>
  bytes.length > 0 && (bytes[0] !== 0x7b || /\}\s*$/.test(bytes.toString('latin1', bytes.length - 16)));

const readStart = async (
  file: string,
  folder: string,
  largest: number,
): Promise<{ readonly bytes: Buffer; readonly size: number } | null> => {
  try {
    const handle = await openHandle(file);
    try {
      const { size } = await handle.stat();
      const bytes = Buffer.alloc(Math.min(size, largest));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
      return { bytes: bytes.subarray(0, bytesRead), size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return missingIn(folder, file, error);
  }
};

/** No file in a folder that is there means that there is no result; without the folder it means nothing. */
const missingIn = async (folder: string, file: string, error: unknown): Promise<null> => {
  if (error instanceof NotReadable && error.code === null)
    throw new CeleriacError('brokerMissing', phrase('result.file', { path: file, reason: error.reason }), {
      cause: error,
    });
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'ENOENT' && code !== 'ENAMETOOLONG') throw explainFileError(error, file);
  const found = await stat(folder).catch((cause: unknown) => {
    throw explainFileError(cause, folder);
  });
  if (found.isDirectory()) return null;
  throw new CeleriacError('brokerMissing', phrase('result.notAFolder', { path: folder }));
};
