import { join } from 'node:path';
import { asCommonJs } from './asCommonJs.mjs';

/** The command line: a small entry, and parts that are loaded as a command needs them. */
export const commandLine = (node, { dist, dev }) => {
  const sourcemap = dev ? 'inline' : false;
  const folder = join(dist, 'cli');
  const parts = {
    ...node,
    format: 'esm',
    splitting: true,
    write: false,
    outdir: folder,
    entryPoints: { main: 'server/faces/cli.ts' },
    define: { __dirname: 'distFolder', 'import.meta.url': 'partUrl' },
    sourcemap,
    plugins: [asCommonJs(folder, { minify: !dev, sourcemap })],
  };
  // An older Node has to understand this much, to say which one is needed.
  const entry = {
    ...node,
    entryPoints: { cli: 'server/faces/cliEntry.ts' },
    target: 'node14',
    banner: { js: '#!/usr/bin/env node' },
  };
  return [parts, entry];
};
