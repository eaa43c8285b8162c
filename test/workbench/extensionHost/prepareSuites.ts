import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundle } from '../harness/bundle.ts';
import type { Plan } from './events.ts';

export interface PreparedSuites extends Plan {
  /** The development extension under which VS Code runs them; there is nothing in it. */
  readonly folder: string;
  /** What VS Code calls, as `extensionTestsPath`. */
  readonly runner: string;
}

/** VS Code runs tests only where an extension is being developed: the folder of the suites is made one. */
const manifest = { name: 'suites', publisher: 'celeriac-tests', version: '0.0.1', engines: { vscode: '^1.105.0' } };

/** Bundles suites and their runner into a folder, with the plan that the runner reads. */
export const prepareSuites = async (
  folder: string,
  suites: readonly string[],
  testTimeoutMs: number,
): Promise<PreparedSuites> => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const names = suites.map((file) => basename(file).replace(/(\.test)?\.ts$/, ''));
  const bundled = names.map((name) => join(folder, `${name}.suite.js`));
  const runner = join(folder, 'runner.js');
  await bundle(join(import.meta.dirname, 'runner.ts'), runner);
  await Promise.all(suites.map((file, index) => bundle(file, bundled[index] ?? '')));
  const plan: Plan = {
    suites: names.map((name, index) => ({ name, file: bundled[index] ?? '' })),
    eventsFile: join(folder, 'events.ndjson'),
    testTimeoutMs,
  };
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
  return { ...plan, runner, folder };
};
