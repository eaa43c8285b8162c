import { NotReadable } from './notReadable.ts';
import { openHandle } from './openHandle.ts';

const chunkBytes = 65_536;

/** The beginning of a file, all of it where it is not longer. Folders, devices and named pipes are refused: `NotReadable`. */
export const readUpTo = async (path: string, mostBytes: number): Promise<Buffer> => {
  const handle = await openHandle(path);
  try {
    const pieces: Buffer[] = [];
    for (let total = 0; total < mostBytes; ) {
      const piece = Buffer.alloc(Math.min(chunkBytes, mostBytes - total));
      const { bytesRead } = await handle.read(piece, 0, piece.length, null);
      if (bytesRead === 0) break;
      total += bytesRead;
      pieces.push(piece.subarray(0, bytesRead));
    }
    return Buffer.concat(pieces);
  } catch (error) {
    throw NotReadable.from(error);
  } finally {
    await handle.close();
  }
};
