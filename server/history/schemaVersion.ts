/** The format that this version of Celeriac writes; it reads those before. */
export const schemaVersion = 4;
