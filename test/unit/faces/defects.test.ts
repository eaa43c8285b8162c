import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it } from 'node:test';

/** A process that does about its defects what the faces do; what goes wrong, and whether it serves, are its arguments. */
const program = `
const { Defects } = await import(${JSON.stringify(new URL('../../../server/faces/defects.ts', import.meta.url).href)});
const [what = '', face = ''] = process.argv.slice(1);
const defects = new Defects({
  say: (sentence) => console.error(sentence),
  end: () => process.exit(1),
  survivesRejections: () => face === 'serves',
});
defects.start();
if (what === 'throws') setImmediate(() => JSON.parse('{'));
else for (let times = Number(what); times > 0; times--) void Promise.reject(new Error('defect ' + times));
setTimeout(() => {
  console.log('went on after ' + defects.rejections);
  process.exit(0);
}, 100);
`;

const run = (...args: readonly string[]) => {
  const argv = ['--input-type=module', '-e', program, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  return { status, stdout, stderr };
};

it('a process ends with a sentence, a stack and a code after an exception that nobody caught, whatever it does', () => {
  for (const face of ['serves', 'answers']) {
    const { status, stdout, stderr } = run('throws', face);
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(
      stderr,
      /^This is a defect of celeriac itself; please report it\.\nSyntaxError: [\s\S]*at JSON\.parse/,
    );
  }
});

it('a process that serves goes on after a rejection that nobody awaits, and counts it', () => {
  const { status, stdout, stderr } = run('1', 'serves');
  assert.deepEqual([status, stdout], [0, 'went on after 1\n']);
  assert.match(stderr, /^An operation failed unnoticed \(1 so far\)\. Please report this: Error: defect 1\n/);
});

it('a process that serves does not fill its log with rejections', () => {
  const { stdout, stderr } = run('100', 'serves');
  assert.equal(stdout, 'went on after 100\n');
  assert.equal(stderr.match(/An operation failed unnoticed/g)?.length, 13);
});

it('a command ends after a rejection that nobody awaits', () => {
  const { status, stdout, stderr } = run('1', 'answers');
  assert.deepEqual([status, stdout], [1, '']);
  assert.match(stderr, /defect of celeriac itself[\s\S]*Error: defect 1\n/);
});
