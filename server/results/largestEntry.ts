import { bytes } from '../api/figures.ts';

/** A result larger than this is not brought into an editor. */
export const largestEntryBytes = 16 * 1024 * 1024;

export const tooLarge = (size: number): string =>
  `It has ${bytes(size)}; Celeriac reads results up to ${bytes(largestEntryBytes)}.`;
