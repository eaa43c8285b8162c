import { closeSync, readSync } from 'node:fs';
import { NotReadable } from './notReadable.ts';
import { openRegular } from './openRegular.ts';

const chunkBytes = 65_536;

/** The whole of a small file. A larger one, a folder, a device or a named pipe is refused: `NotReadable`. */
export const readBounded = (path: string, mostBytes: number): Buffer => {
  const { descriptor, size } = openRegular(path);
  try {
    if (size > mostBytes) throw tooLarge(mostBytes);
    const pieces: Buffer[] = [];
    // The size is not believed: it may grow, and files of /proc say that they have none.
    for (let total = 0; ; ) {
      const piece = Buffer.alloc(Math.min(chunkBytes, mostBytes + 1));
      const count = readSync(descriptor, piece);
      if (count === 0) return Buffer.concat(pieces);
      total += count;
      if (total > mostBytes) throw tooLarge(mostBytes);
      pieces.push(piece.subarray(0, count));
    }
  } catch (error) {
    throw NotReadable.from(error);
  } finally {
    closeSync(descriptor);
  }
};

const tooLarge = (mostBytes: number): NotReadable =>
  new NotReadable(
    `it is larger than ${mostBytes >= 1_048_576 ? `${mostBytes / 1_048_576} MB` : `${mostBytes / 1024} kB`}`,
  );
