import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './execute.ts';
import { rulesPage } from './rules/rulesPage.ts';
import { runScript } from './say.ts';

/** Writes docs/rules.md from the table of rules. */
await runScript(async () => {
  writeFileSync(join(root, 'docs/rules.md'), rulesPage());
  return 0;
});
