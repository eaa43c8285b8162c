import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { TaskIndex } from '../../../server/language/taskIndex.ts';

const files = {
  'shop/orders.py': `from shop.app import app

PREFIX = "orders"

@app.task(name="orders.charge", bind=True)
def charge(self, order):
    pass

@app.task
def ship(order):
    pass

@app.task(name=f"{PREFIX}.refund")
def refund(order):
    pass

def late(order):
    pass

app.task(name="orders.late")(late)
app.task(late, name="orders.later")
`,
  'src/mail/tasks.py': `from celery import shared_task, Task

@shared_task(bind=True,
             autoretry_for=(OSError,))
async def send(self): ...

class Newsletter(Task):
    name = "mail.newsletter"
    def run(self): ...

class Digest(app.Task):
    def run(self): ...

@own_decorator
def wrapped(): ...

@task
class Odd: pass
`,
  'src/mail/jobs/__init__.py': '@celery_app.task\ndef purge():\n    pass\n',
  'one/tasks.py': '@app.task\ndef twice(): pass\n',
  'two/one/tasks.py': '@app.task\ndef twice(): pass\n',
  'broken.py': '@app.task(name="broken.one")\ndef fine(): pass\n\ndef (:\n  x = [\n',
};

describe('the definition of a task', () => {
  let folder: string;
  let index: TaskIndex;
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'definitions-'));
    for (const [name, text] of Object.entries(files)) write(name, text);
    index = new TaskIndex();
  });
  after(() => rmSync(folder, { recursive: true }));

  const find = async (taskName: string): Promise<string[]> => {
    const found = await index.find({ folders: [folder], taskName });
    return found.map((each) => `${each.file.slice(folder.length + 1)}:${each.line} ${each.how}`);
  };

  test('is found by the name that stands in its decorator', async () => {
    assert.deepEqual(await find('orders.charge'), ['shop/orders.py:6 named']);
    assert.deepEqual(await find('orders.refund'), ['shop/orders.py:14 named']);
  });

  test('is found by module and function where no name is given', async () => {
    assert.deepEqual(await find('shop.orders.ship'), ['shop/orders.py:10 module']);
    assert.deepEqual(await find('mail.tasks.send'), ['src/mail/tasks.py:5 module']);
    assert.deepEqual(await find('mail.jobs.purge'), ['src/mail/jobs/__init__.py:2 module']);
  });

  test('is found where a function is made a task later', async () => {
    assert.deepEqual(await find('orders.late'), ['shop/orders.py:17 named']);
    assert.deepEqual(await find('orders.later'), ['shop/orders.py:17 named']);
  });

  test('is found when it is a class, with a name of its own and without', async () => {
    assert.deepEqual(await find('mail.newsletter'), ['src/mail/tasks.py:7 named']);
    assert.deepEqual(await find('mail.tasks.Digest'), ['src/mail/tasks.py:11 module']);
  });

  test('is a function under a decorator that nobody knows, when its name points there', async () => {
    assert.deepEqual(await find('mail.tasks.wrapped'), ['src/mail/tasks.py:15 module']);
  });

  test('is several when several files fit', async () => {
    assert.deepEqual((await find('one.tasks.twice')).sort(), ['one/tasks.py:2 module', 'two/one/tasks.py:2 module']);
  });

  test('is found in a file whose rest is broken', async () => {
    assert.deepEqual(await find('broken.one'), ['broken.py:2 named']);
  });

  test('is not found under another name', async () => {
    assert.deepEqual(
      await find('shop.orders.charge'),
      ['shop/orders.py:6 module'],
      'the function is there all the same',
    );
    assert.deepEqual(await find('elsewhere.orders.charge'), []);
    assert.deepEqual(await find('charge'), []);
  });

  test('follows a file that changes and one that goes', async () => {
    write('later.py', '@app.task(name="a.b")\ndef one(): pass\n');
    assert.deepEqual(await find('a.b'), ['later.py:2 named']);
    write('later.py', '\n\n@app.task(name="a.b")\ndef one(): pass\n');
    utimesSync(join(folder, 'later.py'), 1, 1);
    assert.deepEqual(await find('a.b'), ['later.py:4 named']);
    rmSync(join(folder, 'later.py'));
    assert.deepEqual(await find('a.b'), []);
  });
});
