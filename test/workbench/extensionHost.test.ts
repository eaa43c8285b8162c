import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Report, runInExtensionHost } from './extensionHost/runInExtensionHost.ts';
import { packagedExtension } from './harness/packagedExtension.ts';
import { takeTurn } from './harness/turn.ts';

test('inside the extension host', async (context) => {
  const suites = globSync(join(import.meta.dirname, 'extensionHost', '*.test.ts')).sort();
  context.after(await takeTurn());
  const report = await runInExtensionHost({ suites, vsix: await packagedExtension() });
  for (const result of report.results)
    await context.test(`${result.name} (${result.durationMs} ms)`, () => {
      if (result.kind === 'failed') assert.fail(result.error);
    });
  assertFinished(report);
  assert.ok(report.results.length > suites.length, 'No suite has a test.');
});

const assertFinished = ({ ending }: Report): void => {
  if (ending.kind === 'finished') return;
  assert.fail(
    `The extension host ${ending.kind} while "${ending.running ?? 'nothing yet'}" was running.\n${ending.words}`,
  );
};
