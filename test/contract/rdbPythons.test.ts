import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ensurePython } from '../../scripts/setup/python.ts';
import { freePort } from '../lab/freePort.ts';
import { until } from '../lab/until.ts';
import { DapClient } from './dapClient.ts';

const program = `
from celery.contrib import rdb

def inner(x):
    y = x + 1
    raise KeyError("ö\\n🥕") if x > 1 else ValueError(y)

def outer():
    text = "grüß\\n(Pdb) > "
    nested = {"a": [1, {"b": (2, 3)}], 7: b"\\xff" * 5000, "n": 10 ** 5000}
    rdb.set_trace()
    print("(Pdb) said ö")
    for x in range(3):
        try:
            inner(x)
        except ValueError as error:
            text += str(error)
        except KeyError:
            text += "!"
    return text

class Loud:
    def __repr__(self):
        raise RuntimeError("no words")

loud = Loud()
print("RESULT", ascii(outer()), flush=True)
`;

const pythons = ['3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'];
const lineOf = (words: string): number => program.split('\n').findIndex((line) => line.includes(words)) + 1;

/** pdb is another program in each Python; the debugger is the same. */
describe('rdb under each Python of this machine', { timeout: 120_000 }, () => {
  for (const version of pythons)
    it(`Python ${version}`, async (t) => {
      const python = pathOf(version);
      if (!python) return t.skip(`there is no Python ${version}`);
      const { python: withCelery } = await ensurePython('5.4', () => undefined);
      const packages = said(withCelery, 'import celery, os; print(os.path.dirname(os.path.dirname(celery.__file__)))');
      const folder = mkdtempSync(join(tmpdir(), 'celeriac-rdb-'));
      const file = join(folder, 'program.py');
      writeFileSync(file, program);
      const port = await freePort();
      const env = {
        PATH: process.env['PATH'],
        PYTHONPATH: packages,
        CELERY_RDB_PORT: String(port),
        PYTHONUNBUFFERED: '1',
      };
      const child = spawn(python, [file], { env: { ...env, LC_ALL: 'C.UTF-8' } });
      let output = '';
      child.stdout.on('data', (data) => (output += data));
      child.stderr.on('data', (data) => (output += data));
      try {
        await until(
          `Python ${version} waits`,
          () => output.includes('Waiting for client') || failed(child.exitCode, output),
        );
        await drive(new DapClient({ exists: () => true, locate: async () => null }), port, file);
        await until('the program ends', () => output.includes('RESULT') || failed(child.exitCode, output));
        assert.ok(output.includes("RESULT 'gr\\xfc\\xdf\\n(Pdb) > 12!'"), output);
        assert.doesNotMatch(output, /Traceback/);
      } finally {
        child.kill('SIGKILL');
        rmSync(folder, { recursive: true, force: true });
      }
    });
});

const drive = async (client: DapClient, port: number, file: string): Promise<void> => {
  await client.attach(port, { [file]: [{ line: lineOf('y = x + 1'), condition: 'x == 1' }] });
  const first = await client.stop();
  assert.equal(first.frame.source?.path, file);
  const id = first.frame.id;
  const locals = await client.locals(id);
  assert.equal(locals.get('text')?.value, String.raw`'grüß\n(Pdb) > '`);
  const nested = await client.children(locals.get('nested')?.variablesReference ?? 0);
  assert.match(nested.get('7')?.value ?? '', /\(5000 bytes in all\)$/);
  assert.equal(nested.get("'n'")?.value, '<an int of 16610 bits>');
  const deep = await client.children(nested.get("'a'")?.variablesReference ?? 0);
  assert.equal(await client.evaluate(deep.get('1')?.evaluateName ?? '', id), "{'b': (2, 3)}");
  assert.match(await client.evaluate('loud', id), /Loud whose repr raises RuntimeError/);
  await client.evaluate('nested["a"] = 5; text = text', id, 'repl');

  // The line that sets the trace may be where it stops: from Python 3.13 on it is.
  if (first.line === lineOf('rdb.set_trace()')) await client.go('next');
  assert.equal((await client.go('next')).line, lineOf('for x in range'));
  assert.match(client.printed, /\(Pdb\) said ö/);
  const inside = await client.go('continue');
  assert.deepEqual([inside.reason, inside.name, inside.line], ['breakpoint', 'inner', lineOf('y = x + 1')]);
  const variablesReference = await client.localsOf(inside.frame.id);
  await client.request('setVariable', { variablesReference, name: 'x', value: '0 + 1' });
  await client.go('next');
  const raised = await client.go('next');
  assert.deepEqual([raised.reason, raised.text], ['exception', 'ValueError: 2']);
  assert.match((await client.go('stepOut')).name, /inner|outer/);
  const [beyond] = await client.breakpoints(file, [{ line: 10_000 }]);
  assert.equal(beyond?.verified, false);
  await client.request('continue', { threadId: 1 });
  await client.ended();
};

const pathOf = (version: string): string | null => {
  for (const name of [`python${version}`, ...pyenvPythons(version)])
    try {
      return said(name, 'import sys; print(sys.executable)');
    } catch {
      // Not there, or a stand-in that leads nowhere: the next one.
    }
  return null;
};

const pyenvPythons = (version: string): readonly string[] => {
  const folder = join(homedir(), '.pyenv', 'versions');
  const found = existsSync(folder) ? readdirSync(folder) : [];
  return found.filter((each) => each.startsWith(`${version}.`)).map((each) => join(folder, each, 'bin', 'python3'));
};

const said = (python: string, code: string): string =>
  execFileSync(python, ['-c', code], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

const failed = (exitCode: number | null, output: string): false => {
  if (exitCode !== null) throw new Error(`it has ended: ${output}`);
  return false;
};
