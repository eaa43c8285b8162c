// Bundles the extension, the backend and the command line. `--watch` keeps going, `--dev` keeps names and source maps.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { commandLine } from './build/commandLine.mjs';
import { inParts } from './build/inParts.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');
const dist = join(root, 'dist');

/** Everything runs on Node as CommonJS: the extension host asks for it, and one format is enough. */
const node = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  absWorkingDir: root,
  outdir: dist,
  minify: !dev,
  sourcemap: dev,
  external: ['vscode'],
  mainFields: ['module', 'main'],
  logLevel: 'warning',
};

/** Pages run in a browser: one script and one style sheet for all of them. */
const pages = {
  ...node,
  platform: 'browser',
  target: 'es2023',
  format: 'iife',
  external: [],
  mainFields: ['browser', 'module', 'main'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  entryPoints: [
    { in: 'media/page/main.tsx', out: 'dashboard' },
    { in: 'media/dashboard/dashboard.css', out: 'dashboard' },
    { in: 'media/browser/main.tsx', out: 'browser' },
    { in: 'media/browser/browser.css', out: 'browser' },
  ],
};

const bundles = [
  pages,
  inParts(node, { folder: join(dist, 'extension'), entry: 'extension/extension.ts', dev }),
  inParts(node, { folder: join(dist, 'server'), entry: 'server/faces/lsp.ts', dev }),
  { ...node, entryPoints: { server: 'server/faces/lspEntry.ts' } },
  { ...node, entryPoints: { historyWorker: 'server/history/historyWorker.ts' } },
  { ...node, entryPoints: { workspaceWorker: 'server/faces/lsp/workspaceWorker.ts' } },
  ...commandLine(node, { dist, dev }),
];

mkdirSync(dist, { recursive: true });
writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
for (const file of ['rdb/rdbHelper.py', 'launch/runTask.py'])
  copyFileSync(join(root, 'extension', 'debug', file), join(dist, basename(file)));
if (watch) {
  for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
  console.log('celeriac: watching; dist/ is built');
} else {
  await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
}
