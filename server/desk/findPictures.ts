import { stat } from 'node:fs/promises';
import type { WorkerReply } from '../api/control.ts';
import { localPath } from '../api/localPath.ts';
import { textField } from '../celery/field.ts';
import type { Picture } from '../text/answers/inspectHints.ts';

/** Looks for the files that workers say they have drawn. Their names are such as nobody else would have made. */
export const findPictures = (replies: readonly WorkerReply[]): Promise<readonly Picture[]> =>
  Promise.all(
    replies.flatMap((reply) => {
      const file = reply.kind === 'answered' ? textField(reply.value, 'filename') : '';
      return file === '' ? [] : [sizeHere(file).then((size) => ({ hostname: reply.hostname, file, size }))];
    }),
  );

const sizeHere = async (file: string): Promise<number | null> => {
  const local = localPath(file, process.platform);
  const found = local === null ? null : await stat(local).catch(() => null);
  return found?.size ?? null;
};
