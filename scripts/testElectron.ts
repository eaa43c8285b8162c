import { globSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { prepareSuites } from '../test/workbench/extensionHost/prepareSuites.ts';
import { readEvents } from '../test/workbench/extensionHost/readEvents.ts';
import { root } from './execute.ts';
import { runScript, say } from './say.ts';

/** Runs the suites of the extension host in a desktop VS Code that is downloaded; for machines that may download it. */
await runScript(async () => {
  const { vscode } = parseArgs({ options: { vscode: { type: 'string', default: 'stable' } } }).values;
  const suites = globSync(join(root, 'test/workbench/extensionHost/*.test.ts')).sort();
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-suites-'));
  const prepared = await prepareSuites(folder, suites, 20_000);
  const ended = await runTests({
    version: vscode,
    extensionDevelopmentPath: [root, prepared.folder],
    extensionTestsPath: prepared.runner,
    launchArgs: ['--disable-workspace-trust', '--user-data-dir', join(folder, 'data')],
  }).catch((error: unknown) => error);
  const events = readEvents(prepared.eventsFile);
  const [passed, failed] = (['passed', 'failed'] as const).map((kind) => events.filter((each) => each.kind === kind));
  for (const event of failed ?? []) if (event.kind === 'failed') say(`${event.name}\n${event.error}`);
  const last = events.at(-1);
  if (last?.kind !== 'finished') say(`VS Code ended while "${last?.name ?? 'nothing yet'}" was running: ${ended}`);
  const red = (failed?.length ?? 0) + (last?.kind === 'finished' ? 0 : 1);
  console.log(`${passed?.length ?? 0} passed, ${red} failed`);
  return red === 0 ? 0 : 1;
});
