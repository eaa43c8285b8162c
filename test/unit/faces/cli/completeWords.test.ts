import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { commands, globalOptions } from '../../../../server/faces/cli/commands.ts';
import { completeWords } from '../../../../server/faces/cli/completion/completeWords.ts';
import { shellScripts } from '../../../../server/faces/cli/completion/shellScripts.ts';

const vocabulary = { commands, globalOptions: Object.keys(globalOptions) };

let asked = 0;
const complete = (...words: readonly string[]): Promise<readonly string[]> =>
  completeWords(words, vocabulary, async () => {
    asked++;
    return { workers: ['w1@api'], queues: ['default', 'emails'], tasks: ['orders.charge', 'orders.ship'] };
  });

describe('completion', () => {
  const lines: readonly (readonly [words: readonly string[], found: readonly string[], asks?: true])[] = [
    [['insp'], ['inspect']],
    [
      ['inspect', 'act'],
      ['active', 'active_queues'],
    ],
    [['inspect', 'active', '-d', ''], ['w1@api'], true],
    [['tasks', '--queue', 'em'], ['emails'], true],
    [['--broker', 'redis://x', 'tasks', '--outp'], ['--output']],
    [['tasks', '--output', 'c'], ['csv']],
    [['tasks', 'stat'], ['state:']],
    [['tasks', 'state:FAIL'], ['state:FAILURE']],
    [['tasks', '-name:orders.s'], ['-name:orders.ship'], true],
    [['send', 'orders.'], ['orders.charge', 'orders.ship'], true],
    [['send', 'orders.charge', ''], []],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish', 'powershell'],
    ],
    [['--broker', ''], []],
  ];
  for (const [words, found, asks = false] of lines)
    it(`offers what may stand there: celeriac ${words.join(' ')}`, async () => {
      asked = 0;
      assert.deepEqual(await complete(...words), found);
      assert.equal(asked > 0, asks, 'only for names it asks the cluster');
    });

  it('is a script that its shell can read', () => {
    for (const [shell, args] of [
      ['bash', ['-n']],
      ['zsh', ['-n']],
      ['fish', ['--no-execute']],
    ] as const)
      if (spawnSync(shell, ['--version']).status === 0) execFileSync(shell, [...args], { input: shellScripts[shell] });
  });

  it('replaces in bash only the piece behind a colon', () => {
    const script = `celeriac() { printf '%s\\n' state:FAILURE; }
${shellScripts.bash}
COMP_LINE='celeriac tasks state:FAIL' COMP_POINT=25
_celeriac
printf '%s|' "\${COMPREPLY[@]}"`;
    assert.equal(execFileSync('bash', ['-c', script], { encoding: 'utf8' }), 'FAILURE|');
  });
});
