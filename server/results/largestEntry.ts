/** A result larger than this is not brought into an editor. */
export const largestEntryBytes = 16 * 1024 * 1024;

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

export const tooLarge = (bytes: number): string =>
  `It is ${megabytes(bytes)} large, and Celeriac reads results up to ${megabytes(largestEntryBytes)}.`;
