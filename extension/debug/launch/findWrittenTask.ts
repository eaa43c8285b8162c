import { readFile } from 'node:fs/promises';
import { requests } from '../../../server/api/requests.ts';
import type { Parts } from '../../parts.ts';
import { codeFolders } from './codeFolders.ts';

/** Where a task is written in the workspace. */
export interface WrittenTask {
  readonly file: string;
  /** How the file is imported. */
  readonly module: string;
  /** The first line that runs when the task does, counted from 1. */
  readonly firstLine: number;
}

/** Null: it comes from elsewhere, such as a package. `near`: the file that is meant where there are several. */
export const findWrittenTask = async (
  taskName: string,
  near: string | null,
  { backend }: Parts,
): Promise<WrittenTask | null> => {
  const folders = codeFolders();
  const found = await backend.request(requests.taskDefinitions, { folders, taskName });
  const place = found.find(({ file }) => file === near) ?? found[0];
  if (!place) return null;
  const text = await readFile(place.file, 'utf8');
  const { module, tasks } = await backend.request(requests.celeryCode, { folders, file: place.file, text });
  const firstLine = tasks.find(({ line }) => line === place.line)?.firstLine ?? place.line;
  return { file: place.file, module, firstLine };
};
