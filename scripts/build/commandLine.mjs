import { join } from 'node:path';
import { inParts } from './inParts.mjs';

/** The command line: a small entry, and parts that are loaded as a command needs them. */
export const commandLine = (node, { dist, dev }) => {
  const parts = inParts(node, { folder: join(dist, 'cli'), entry: 'server/faces/cli.ts', dev });
  // An older Node has to understand this much, to say which one is needed.
  const entry = {
    ...node,
    entryPoints: { cli: 'server/faces/cliEntry.ts' },
    target: 'node14',
    banner: { js: '#!/usr/bin/env node' },
  };
  return [parts, entry];
};
