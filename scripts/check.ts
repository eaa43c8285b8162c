import { execute } from './execute.ts';
import { runScript, say } from './say.ts';

const checks = [
  { what: 'format, lint and layer rules', tool: 'biome', args: ['check', '--error-on-warnings', '.'] },
  { what: 'types', tool: 'tsc', args: ['--project', '.'] },
  { what: 'types of the pages', tool: 'tsc', args: ['--project', 'media'] },
  { what: 'dead code and unused dependencies', tool: 'knip', args: ['--no-progress'] },
] as const;

await runScript(async () => {
  const failed: string[] = [];
  for (const { what, tool, args } of checks) {
    say(`checking ${what} …`);
    if ((await execute(tool, args)) !== 0) failed.push(what);
  }
  say(failed.length === 0 ? 'all checks pass' : `these checks fail: ${failed.join('; ')}`);
  return failed.length === 0 ? 0 : 1;
});
