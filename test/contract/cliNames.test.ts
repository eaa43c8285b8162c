import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext } from 'node:test';
import { LabLacks } from '../lab/labLacks.ts';
import { CliProcess } from './cliProcess.ts';
import { labTest } from './labTest.ts';

interface MuteResolver {
  /** Runs a command where names are looked up at a server that never answers. */
  readonly by: readonly string[];
  /** Resolves when a question has come. */
  readonly asked: Promise<unknown>;
}

/** A name server that hears and never answers, on the address that a namespace of its own is told to ask. */
const muteResolver = async (t: TestContext): Promise<MuteResolver> => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new LabLacks('only root may replace the resolver');
  if (spawnSync('unshare', ['--mount', 'true']).status !== 0)
    throw new LabLacks('mount namespaces are not allowed here');
  const address = `127.53.${1 + Math.floor(Math.random() * 250)}.53`;
  const server = createSocket('udp4').bind(53, address);
  await once(server, 'listening');
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-names-'));
  t.after(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const file = join(folder, 'resolv.conf');
  writeFileSync(file, `nameserver ${address}\noptions timeout:30 attempts:5\n`);
  const script = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';
  return { by: ['unshare', '--mount', 'sh', '-c', script, file], asked: once(server, 'message') };
};

/** What the shell makes of an end. */
const shellCode = ({ code, signal }: { code: number | null; signal: NodeJS.Signals | null }): number | null =>
  signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : code;

describe('a name that nobody resolves', { concurrency: 2 }, () => {
  const commands: readonly (readonly [readonly string[], number])[] = [
    [['events'], 1],
    [['inspect', 'ping'], 130],
    [['status'], 130],
    [['snapshot'], 130],
  ];
  for (const scheme of ['redis', 'amqp']) {
    for (const [command, expected] of commands) {
      // The resolver itself would wait for minutes.
      labTest(`does not keep ${command.join(' ')} from ending on Ctrl-C, over ${scheme}`, async (_lab, t) => {
        const { by, asked } = await muteResolver(t);
        const run = new CliProcess([...command, '--broker', `${scheme}://broker.example.com`], { by });
        await asked;
        run.kill('SIGINT');
        const ended = await run.ended;
        assert.deepEqual([shellCode(ended), ended.stdout], [expected, ''], ended.stderr);
      });
    }
  }

  labTest('does not keep the reading of a result from ending on SIGTERM', async (_lab, t) => {
    const { by, asked } = await muteResolver(t);
    const run = new CliProcess(['result', 'abc', '--backend', 'redis://results.example.com'], { by });
    await asked;
    run.kill('SIGTERM');
    assert.equal(shellCode(await run.ended), 143);
  });

  labTest('does not keep a command from ending with its time', async (_lab, t) => {
    const { by } = await muteResolver(t);
    const run = new CliProcess(['events', '--seconds', '1', '--broker', 'redis://broker.example.com'], { by });
    const { code, stderr } = await run.ended;
    assert.equal(code, 1);
    assert.match(stderr, /^celeriac: redis:\/\/broker\.example\.com did not answer within 5 s\./);
  });
});
