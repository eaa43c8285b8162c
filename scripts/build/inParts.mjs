import { asCommonJs } from './asCommonJs.mjs';

/** A bundle of which only `main.js` is loaded at once; what the code imports by `import()` is a part of its own. */
export const inParts = (node, { folder, entry, dev }) => {
  const sourcemap = dev ? 'inline' : false;
  return {
    ...node,
    format: 'esm',
    splitting: true,
    write: false,
    outdir: folder,
    entryPoints: { main: entry },
    define: { __dirname: 'distFolder', 'import.meta.url': 'partUrl' },
    sourcemap,
    plugins: [asCommonJs(folder, { minify: !dev, sourcemap })],
  };
};
