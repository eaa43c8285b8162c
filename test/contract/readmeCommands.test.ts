import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/execute.ts';
import { execute } from '../lab/execute.ts';
import { labTest } from './labTest.ts';
import { Served } from './served.ts';

/** The PATH of a machine that has not been prepared for this project: the Node that it brought itself is not on it. */
const machinePath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.startsWith(join(root, 'scripts', 'node')) && !folder.includes('node_modules'))
  .join(delimiter);

const terminalSection = (): readonly string[] => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, section = ''] = readme.split('## In a terminal');
  const [, block = ''] = section.split('```sh\n');
  return (block.split('```')[0] ?? '').split('\n').filter((line) => line !== '');
};

/** What a reader puts in the place of what the README cannot know. */
const filledIn = (
  line: string,
  { id, history, broker }: Readonly<Record<'id' | 'history' | 'broker', string>>,
): string =>
  line
    .replace('redis://localhost:6379/0', broker)
    .replace('3f2a…', id)
    .replace('FILE', history)
    .replace('--seconds 10', '--seconds 1');

labTest('what the README types into a terminal runs as it stands there, on the Node of the machine', async (lab) => {
  const broker = await lab.redis();
  await lab.worker({ broker, name: 'w', concurrency: 2 });
  const folder = join(lab.folder, 'kept');
  mkdirSync(folder);
  const served = await Served.start(broker, ['--history', folder]);
  assert.equal(await served.stop(), 0);
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.history.sqlite'));
  const lines = terminalSection();
  assert.ok(lines.filter((line) => line.startsWith('./celeriac')).length >= 10, lines.join('\n'));
  let [setting, id] = ['', ''];
  for (const line of lines) {
    const typed = filledIn(line, { id, history: join(folder, file), broker: broker.url });
    if (typed.startsWith('export')) {
      setting = typed;
      continue;
    }
    const env = { PATH: machinePath };
    // Written files land beside the README, where they are ignored.
    const inLab = typed.replaceAll('recorded.ndjson', join(lab.folder, 'recorded.ndjson'));
    const { code, stdout, stderr } = await execute('sh', ['-c', `${setting}\n${inLab}`], { cwd: root, env });
    if (typed.includes(' send ')) id = stdout.trim();
    const isExpected = code === 0 || (typed.includes(' result ') && code === 4) || typed.includes(' history ');
    assert.ok(isExpected, `${typed}: ${code}\n${stdout}\n${stderr}`);
    assert.doesNotMatch(stderr, /defect|is needed|building/, typed);
  }
});

test('a Node that is too old is told which one is needed, in one sentence', async (t) => {
  const node = '/usr/bin/node';
  if (!existsSync(node)) return t.skip('this machine has no other Node');
  const { stdout: version } = await execute(node, ['--version']);
  if (Number(/^v(\d+)/.exec(version)?.[1]) >= 22) return t.skip(`this machine has Node ${version.trim()}`);
  const { code, stdout, stderr } = await execute(node, [join(root, 'dist', 'cli.js'), 'inspect', 'active']);
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(
    stderr,
    /^celeriac: Node 22\.13 or newer is needed, and this is Node [\d.]+: run \.\/celeriac [^\n]+\.\n$/,
  );
});
