import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settingKeys } from '../../../../server/code/celerySettings.ts';
import { settingDocs } from '../../../../server/code/editor/celerySettingDocs.ts';
import { completeAt } from '../../../../server/code/editor/completeAt.ts';
import { signatureAt } from '../../../../server/code/editor/signatureAt.ts';
import type { Files } from '../indexOf.ts';
import { atCursor } from './atCursor.ts';

const shop: Files = {
  'shop/__init__.py': '',
  'shop/app.py': `from celery import Celery
app = Celery("shop")
app.conf.task_routes = {"shop.tasks.*": {"queue": "orders"}}
app.conf.task_default_queue = "usual"
`,
  'shop/tasks.py': `from celery import shared_task

@shared_task(queue="slow", bind=True)
def charge(self, order: int, *notes, retry=True, **rest): ...

@shared_task
def ship(order, carrier="post"): ...
`,
};

const head = 'from celery import Celery\nfrom .app import app\nfrom .tasks import charge, ship\n';

const complete = (text: string, path = 'shop/views.py', start = head) => {
  const { index, file, offset } = atCursor({ ...shop, [path]: start + text });
  const found = completeAt(index, file, offset);
  return found && { ...found, labels: found.items.map(({ label }) => label), text: file.syntax.text };
};

const labels = (text: string, path?: string, start?: string): readonly string[] =>
  complete(text, path, start)?.labels ?? [];

describe('completion offers', () => {
  const tasks = ['shop.tasks.charge', 'shop.tasks.ship'];

  test('tasks where their names stand in strings, of code that is not finished', () => {
    for (const text of [
      'app.send_task("|',
      'app.send_task("shop.|")\n',
      'app.send_task(\n    "|\n',
      "def view():\n    app.send_task('|', args=[1])\n",
      'app.signature(args=(1,), name="|',
      'x = broken(\n\napp.send_task("|"',
      'app.conf.beat_schedule = {"a": {"task": "|',
      'app.conf.update(beat_schedule={"a": {"schedule": 3, "task": "|"}})',
      'CELERY_BEAT_SCHEDULE = {"a": {"task": \'|',
      'app.conf.beat_schedule = dict(a=dict(task="|',
      'app.conf.task_routes = {"|": {"queue": "x"}}',
      'app.conf.update(task_annotations={"|',
      'app.tasks["|',
    ])
      assert.deepEqual(labels(text), tasks, text);
  });

  test('queues', () => {
    for (const text of [
      'charge.apply_async(queue="|',
      'app.conf.task_routes = {"a.b": {"queue": "|"}}',
      'app.conf.task_queues = [Queue("|")]',
      'app.conf.task_default_queue = "|',
    ])
      assert.deepEqual(labels(text), ['orders', 'slow', 'usual'], text);
  });

  test('settings with their type, default and meaning, as they are written in that place', () => {
    const [entry] =
      complete('app.conf.worker_prefetch_mult|')?.items.filter(({ label }) => /prefetch_mult/.test(label)) ?? [];
    assert.equal(entry?.detail, 'int = 4');
    assert.match(entry?.documentation ?? '', /prefetches/);
    assert.ok(labels('app.conf.update(task_|').includes('task_acks_late'));
    assert.ok(labels('app.conf.update({"|').includes('task_acks_late'));
    assert.ok(labels('app.conf["|').includes('task_acks_late'));
    assert.ok(labels('task_|', 'celeryconfig.py', '').includes('task_acks_late'));
    assert.ok(labels('CEL|', 'shop/settings.py', 'INSTALLED_APPS = []\n').includes('CELERY_TASK_ACKS_LATE'));
    assert.deepEqual(labels('task_|'), []);
  });

  test('fields of a crontab, and what may stand in them', () => {
    assert.deepEqual(labels('crontab(|')[0], 'minute=');
    assert.ok(labels('crontab(day_of_week="|').includes('mon-fri'));
    assert.ok(labels('crontab("|').includes('*/5'));
  });

  test('options of what is sent, and parameters of the task', () => {
    assert.ok(labels('charge.apply_async(count|').includes('countdown='));
    assert.deepEqual(
      labels('def view():\n    from .tasks import ship as send\n    send.delay(|', 'shop/views.py', ''),
      ['order=', 'carrier='],
    );
    assert.ok(labels('@app.task(|').includes('max_retries='));
  });

  test('nothing elsewhere', () => {
    for (const text of [
      'print("|',
      '# app.send_task("|',
      'app.send_task("a", "|',
      'app.other.|',
      '"""app.send_task(|',
      'x = {"task": "|',
      'app.send_task("a").get(|',
      '|',
    ])
      assert.deepEqual(labels(text), [], text);
  });

  test('an entry that replaces what stands there already', () => {
    const { text, start, end } = complete('app.send_task("shop.ta|sks.charge")') ?? { text: '', start: 0, end: 0 };
    assert.equal(text.slice(start, end), 'shop.tasks.charge');
  });

  test('something in time for hostile text', () => {
    const started = performance.now();
    for (const text of [
      'app.send_task('.repeat(20_000),
      '"""'.repeat(40_000),
      '{"a":'.repeat(30_000),
      '@\n'.repeat(90_000),
    ])
      complete(`${text}|`);
    assert.ok(performance.now() - started < 5_000);
  });
});

describe('the signature of a task', () => {
  const signature = (text: string): string | null => {
    const { index, file, offset } = atCursor({ ...shop, 'shop/views.py': head + text });
    const found = signatureAt(index, file, offset);
    if (!found) return null;
    const [start, end] = found.parameters[found.active] ?? [0, 0];
    return `${found.label} ${found.label.slice(start, end)}`;
  };
  const label = 'charge(order: int, *notes, retry=True, **rest)';

  test('marks the parameter that is typed', () => {
    assert.equal(signature('charge.delay(|'), `${label} order: int`);
    assert.equal(signature('charge.delay(1, f(2, 3), |)'), `${label} *notes`);
    assert.equal(signature('charge.s(1, retry=|'), `${label} retry=True`);
    assert.equal(signature('charge.si(other=|'), `${label} **rest`);
    assert.equal(signature('ship.delay(1, 2, 3, |'), 'ship(order, carrier="post") ');
  });

  test('shows in the args and kwargs of apply_async', () => {
    assert.equal(signature('charge.apply_async(args=(1, |'), `${label} *notes`);
    assert.equal(signature('charge.apply_async([|'), `${label} order: int`);
    assert.equal(signature('charge.apply_async(kwargs={"retry": |'), `${label} retry=True`);
    assert.equal(signature('charge.apply_async(|'), null);
  });

  test('is none for what is no task', () => {
    assert.equal(signature('print(|'), null);
    assert.equal(signature('other.delay(|'), null);
  });
});

test('every setting has its documentation', () => {
  assert.deepEqual([...settingDocs.keys()].sort(), [...settingKeys].sort());
  for (const [key, { standard, text }] of settingDocs) assert.ok(standard !== '' && /^[A-Z].*\.$/.test(text), key);
});
