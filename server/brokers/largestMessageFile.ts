/** Whoever may write to the folders decides how large a file in them is; of a larger one the beginning is read, and refused. */
export const largestMessageFile = 48 * 1024 * 1024;
