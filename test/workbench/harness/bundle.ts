import { build } from 'esbuild';

/** Makes of a TypeScript file what an extension host can load; what is not found fails here, with the file's name. */
export const bundle = async (entry: string, outfile: string): Promise<void> => {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'silent',
  });
};
