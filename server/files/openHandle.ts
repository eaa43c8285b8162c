import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { NotReadable } from './notReadable.ts';
import { whyNotRegular } from './openRegular.ts';

/** As `openRegular`, without keeping anybody waiting for the disk. Whoever gets the handle closes it. */
export const openHandle = async (path: string): Promise<FileHandle> => {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw NotReadable.from(error);
  }
  const why = whyNotRegular(await handle.stat());
  if (why === null) return handle;
  await handle.close();
  throw new NotReadable(why);
};
