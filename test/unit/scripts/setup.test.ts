import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { aptEnvironment } from '../../../scripts/setup/aptEnvironment.ts';
import { aptPlanSentence, readAptPlan } from '../../../scripts/setup/aptPlan.ts';

const root = join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('the set-up as root', () => {
  it('changes no file of the system by itself, so that nothing stays changed when it is interrupted', () => {
    for (const file of globSync('scripts/setup/{debian,apt*}.ts', { cwd: root }))
      assert.doesNotMatch(
        read(file),
        /\b(?:write|append|chmod|rename|unlink|rm|mkdir|copy)\w*\(|createWriteStream/,
        file,
      );
  });

  it('names the packages, their versions and their size before it installs them', () => {
    const printed = `Reading package lists...
'http://d/redis_7.0.15_amd64.deb' redis-server_5%3a7.0.15-1~deb12u5_amd64.deb 72512 SHA256:0a
'http://d/libjemalloc2_5.3.0_amd64.deb' libjemalloc2_5.3.0-1_amd64.deb 275488
`;
    assert.equal(
      aptPlanSentence(readAptPlan(printed)),
      'apt-get installs 2 packages of Debian (0.3 MB to fetch): redis-server 5:7.0.15-1~deb12u5, libjemalloc2 5.3.0-1',
    );
    assert.equal(aptPlanSentence(readAptPlan('Reading package lists...\n')), null);
  });

  const systemctl = '/usr/bin/systemctl';
  it('keeps systemd from starting what is installed', {
    skip: !existsSync(systemctl) && 'There is no systemctl.',
  }, () => {
    // A unit that does not exist cannot be started: only one that is not even tried ends well.
    const start = (env: NodeJS.ProcessEnv) =>
      spawnSync(systemctl, ['start', 'celeriac-absent.service'], { env }).status;
    assert.equal(start(aptEnvironment(process.env)), 0);
    assert.notEqual(start({ ...process.env, SYSTEMD_OFFLINE: '0' }), 0);
  });

  const runlevel = '/usr/sbin/runlevel';
  it('tells init scripts a runlevel without servers', {
    skip: !existsSync(runlevel) && 'There is no runlevel.',
  }, () => {
    const level = execFileSync(runlevel, { env: aptEnvironment(process.env), encoding: 'utf8' });
    assert.match(level, /^\S+ 1\n$/);
  });
});

/** "Name==1.0 ; marker" by its normal name. */
const pinsIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/^([A-Za-z0-9._-]+)==([^\s;\\]+)/gm)].map(([, name = '', version = '']) => [
      name.toLowerCase().replaceAll(/[._-]+/g, '-'),
      version,
    ]),
  );

describe('the Python packages of tests and demo', () => {
  const names = globSync('scripts/setup/*.txt', { cwd: root });
  for (const name of names) {
    const lock = read(name.replace(/\.txt$/, '.lock'));

    it(`of ${name} are locked in the versions that it asks for`, () => {
      const locked = pinsIn(lock);
      for (const [one, version] of pinsIn(read(name))) assert.equal(locked.get(one), version, one);
    });

    it(`of ${name} have a checksum each`, () => {
      const entries = lock
        .replaceAll('\\\n', ' ')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'));
      assert.ok(entries.length > 5);
      for (const entry of entries) assert.match(entry, /==\S+ .*--hash=sha256:[0-9a-f]{64}/);
    });
  }

  it('are installed by these locks alone', () => {
    assert.match(read('scripts/setup/venv.ts'), /'--require-hashes', '--no-deps'/);
    assert.equal(names.length, 6);
  });
});

describe('what builds and tests the product elsewhere', () => {
  it('names the actions by the commit', () => {
    const uses = globSync('.github/workflows/*.yml', { cwd: root }).flatMap((file) => [
      ...read(file).matchAll(/uses: (.*)/g),
    ]);
    assert.ok(uses.length > 3);
    for (const [, action] of uses) assert.match(action ?? '', /^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('names the base images by the digest', () => {
    const images = [...read('deploy/Dockerfile').matchAll(/^FROM (\S+)/gm)];
    assert.equal(images.length, 2);
    for (const [, image] of images) assert.match(image ?? '', /@sha256:[0-9a-f]{64}$/);
  });

  it('sends nothing into an image that is not needed to build it', () => {
    const ignored = read('.dockerignore').split('\n');
    for (const name of ['.git', 'node_modules', '.tools', 'artifacts', '**/*.env', '**/.env*'])
      assert.ok(ignored.includes(name), name);
  });
});
