import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { CeleryApp } from '../../../server/api/language.ts';
import { celeryApps, celeryCode } from '../../../server/language/celeryCode.ts';

describe('the Celery apps of a workspace', () => {
  let folder: string;
  const write = (name: string, text = ''): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'apps-'));
    write('shop/__init__.py');
    write('shop/celeryapp.py', 'from celery import Celery\n\napp = Celery("shop")\n');
    write('django-site/manage.py');
    write('django-site/web/celery.py', 'from celery import Celery\ncelery = Celery("web")\n');
    write('src/jobs/worker.py', 'import celery\nfrom jobs.settings import url\nqueue = celery.Celery(broker=url)\n');
    write('flat/tasks.py', 'from celery import Celery as Base\nclass Mine(Base): pass\napp = Mine("x")\n');
    write('flask/wsgi.py', 'from app import create_app\ncelery_app = create_app().extensions["celery"]\n');
    write('flask/made.py', 'from celery import Celery\ndef make(f):\n  return Celery(f)\nworker = make(1)\n');
    write('flask/only.py', 'from celery import Celery\ndef build():\n  local = Celery("x")\n  return local\n');
    write('tests/conftest.py', 'from celery import Celery\napp = Celery("test")\n');
    write('docs/nothing.py', '# Celery(…) is only spoken of\nx = 1\n');
    write('.venv/lib/theirs.py', 'from celery import Celery\napp = Celery()\n');
  });
  after(() => rmSync(folder, { recursive: true }));

  const all = async (): Promise<readonly CeleryApp[]> => celeryApps({ folders: [folder] });
  const inFile = async (name: string): Promise<CeleryApp[]> =>
    (await all()).filter(({ file }) => file === join(folder, name));
  const place = async (name: string): Promise<string[]> =>
    (await inFile(name)).map((app) => `${app.folder.slice(folder.length)} ${app.target} ${app.how}`);

  test('are named as celery -A takes them, from where they can be imported', async () => {
    assert.deepEqual(await place('shop/celeryapp.py'), [' shop.celeryapp:app written']);
    assert.equal((await inFile('shop/celeryapp.py'))[0]?.line, 3);
    assert.deepEqual(await place('src/jobs/worker.py'), ['/src jobs.worker:queue written']);
    assert.deepEqual(await place('flat/tasks.py'), ['/flat tasks:app written']);
  });

  test('start beside manage.py in a Django project', async () => {
    assert.deepEqual(await place('django-site/web/celery.py'), ['/django-site web.celery:celery written']);
    assert.equal((await inFile('django-site/web/celery.py'))[0]?.isDjango, true);
  });

  test('may be made by functions; a function alone is called one', async () => {
    assert.deepEqual(await place('flask/wsgi.py'), ['/flask wsgi:celery_app made']);
    assert.deepEqual(await place('flask/made.py'), ['/flask made:worker made']);
    assert.deepEqual(await place('flask/only.py'), ['/flask only:build function']);
  });

  test('of tests come last, and other people’s code not at all', async () => {
    const files = (await all()).map(({ file }) => file.slice(folder.length + 1));
    assert.equal(files.at(-1), 'tests/conftest.py');
    assert.equal(files.length, 8);
  });

  test('are told of the file in an editor together with its tasks, saved or not', async () => {
    const file = join(folder, 'shop', 'orders.py');
    const text =
      'from shop.celeryapp import app\n\n@app.task\ndef ship(): ...\n\n@app.task(name="charge")\ndef pay():\n  "What it does."\n  go()\n';
    const code = celeryCode({ folders: [folder], file, text });
    assert.deepEqual(code, {
      module: 'shop.orders',
      apps: [],
      tasks: [
        { taskName: 'shop.orders.ship', line: 4, topLine: 3, firstLine: 4 },
        { taskName: 'charge', line: 7, topLine: 6, firstLine: 9 },
      ],
    });
  });
});
