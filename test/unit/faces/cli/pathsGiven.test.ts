import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, it, type TestContext } from 'node:test';
import { CeleriacError } from '../../../../server/api/errors.ts';
import { commands } from '../../../../server/faces/cli/commands.ts';
import { options } from '../../../../server/faces/cli/options.ts';
import { parseArguments } from '../../../../server/faces/cli/parseArguments.ts';
import { UsageError } from '../../../../server/faces/cli/usageError.ts';
import { tracesOf } from '../../files/traces.ts';
import { withoutPipes } from '../../files/withoutPipes.ts';
import { aTerminal } from './aTerminal.ts';

/** Runs a command; what it cannot do is a sentence. */
const refusal = async (argv: readonly string[]): Promise<string> => {
  const invocation = parseArguments(argv);
  assert.equal(invocation.kind, 'run');
  if (invocation.kind !== 'run') return '';
  const { command, args, options: values } = invocation;
  const { terminal, said } = aTerminal();
  const interruption = new AbortController().signal;
  const context = {
    args,
    options: values,
    environment: {},
    terminal,
    interruption,
    input: Readable.from([]),
    defects: { rejections: 0 },
  };
  try {
    await (await commands[command].load())(context);
    return said();
  } catch (error) {
    assert.ok(error instanceof CeleriacError || error instanceof UsageError, String(error));
    return error.message;
  }
};

const broker = ['--broker', 'rediss://127.0.0.1:1/0'];
/** One command for each way to name a file, and what its sentence begins with. */
const readers: Readonly<Record<string, (path: string) => readonly string[]>> = {
  'history FILE': (path) => ['history', path],
  'replay FILE': (path) => ['replay', path],
  '--from': (path) => ['tasks', '--from', path],
  '--config': (path) => ['status', '--config', path],
  '--token-file': (path) => ['serve', ...broker, '--token-file', path],
  '--tls-ca': (path) => ['queues', ...broker, '--tls-ca', path],
  '--tls-cert': (path) => ['queues', ...broker, '--tls-cert', path],
  '--tls-key': (path) => ['queues', ...broker, '--tls-cert', import.meta.filename, '--tls-key', path],
};

const tempFolder = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-paths-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const oddities = (folder: string): readonly string[] => {
  mkdirSync(join(folder, 'folder'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  symlinkSync('pipe', join(folder, 'link-to-pipe'));
  symlinkSync('circle', join(folder, 'circle'));
  return ['folder', 'pipe', 'link-to-pipe', 'circle', 'missing'].map((name) => join(folder, name));
};

describe('a path that is named on the command line', () => {
  it('is read in every place where the options take a file', () => {
    const taking = Object.entries(options).filter(([, syntax]) => 'value' in syntax && syntax.value === 'FILE');
    for (const [name] of taking) assert.ok(`--${name}` in readers, `--${name} has no case here`);
    assert.ok(taking.length > 4);
  });

  for (const [what, argvFor] of Object.entries(readers)) {
    it(
      `is refused by ${what} with a sentence when it leads to no file, and nothing is written`,
      withoutPipes,
      async (t) => {
        const folder = tempFolder(t);
        const paths = [...oddities(folder), '/dev/zero'];
        const before = tracesOf(folder);
        for (const path of paths) {
          const sentence = await refusal(argvFor(path));
          assert.ok(sentence.includes(path), `${path}: ${sentence}`);
          assert.match(sentence, /cannot be (read|used)|not found/, path);
        }
        assert.deepEqual(tracesOf(folder), before);
      },
    );

    it(`is not changed by ${what}, whatever the file holds`, async (t) => {
      const folder = tempFolder(t);
      for (const [name, content] of Object.entries({ empty: '', byte: 'x', text: 'root:x:0:0\n' })) {
        const path = join(folder, name);
        writeFileSync(path, content);
        const before = tracesOf(folder);
        await refusal(argvFor(path));
        assert.deepEqual(tracesOf(folder), before, name);
      }
    });
  }

  for (const what of ['--config', '--token-file', '--tls-ca', '--tls-cert'])
    it(`is not read whole by ${what} when the file is huge`, async (t) => {
      const path = join(tempFolder(t), 'huge');
      writeFileSync(path, '');
      truncateSync(path, 4 * 1024 ** 4);
      const sentence = await refusal(readers[what]?.(path) ?? []);
      assert.match(sentence, /cannot be (read|used)/);
    });
});

describe('celeriac export', () => {
  const exporting = (folder: string, ...more: readonly string[]) => refusal(['export', 'alert-rules', folder, ...more]);
  const file = 'celery-alert-rules.yaml';

  it('writes once more what it has written', async (t) => {
    const folder = join(tempFolder(t), 'new');
    assert.equal(await exporting(folder), '');
    assert.equal(await exporting(folder), '');
    assert.equal(tracesOf(folder).length, 1);
  });

  it('leaves a file that somebody has changed, unless it is told to replace it', async (t) => {
    const folder = tempFolder(t);
    writeFileSync(join(folder, file), 'groups: [] # mine');
    const before = tracesOf(folder);
    assert.match(await exporting(folder), /celery-alert-rules\.yaml exists .* --force\.$/);
    assert.deepEqual(tracesOf(folder), before);
    assert.equal(await exporting(folder, '--force'), '');
    assert.notDeepEqual(tracesOf(folder), before);
  });

  it('replaces a link and does not follow it', async (t) => {
    const folder = tempFolder(t);
    writeFileSync(join(folder, 'elsewhere'), 'mine');
    symlinkSync('elsewhere', join(folder, file));
    const [before] = tracesOf(folder).filter((each) => each.startsWith('elsewhere'));
    assert.equal(await exporting(folder, '--force'), '');
    const after = tracesOf(folder);
    assert.ok(before !== undefined && after.includes(before));
    assert.equal(after.length, 2);
  });

  it('says why it cannot write, and leaves no half of a file', async (t) => {
    const folder = tempFolder(t);
    mkdirSync(join(folder, file));
    const before = tracesOf(folder);
    assert.match(await exporting(folder, '--force'), /cannot be written: it is a folder\.$/);
    assert.deepEqual(tracesOf(folder), before);
  });
});
