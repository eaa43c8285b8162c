import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { meantAt } from '../../../../server/code/editor/meantAt.ts';
import { atCursor } from './atCursor.ts';

const tasks = `from celery import shared_task

@shared_task
def charge(order, retry=True):
    pass
`;

const meantIn = (text: string, others: Readonly<Record<string, string>> = { 'shop/tasks.py': tasks }) => {
  const { index, file, offset } = atCursor({ 'shop/__init__.py': '', ...others, 'shop/views.py': text });
  const meant = meantAt(index, file, offset);
  return meant && `${meant.task} ${file.syntax.text.slice(meant.start, meant.end)}`;
};

describe('the task that is meant', () => {
  test('by its name, by a method that sends it, by an import', () => {
    assert.equal(meantIn('from .tasks import charge\ncha|rge.delay(1)\n'), 'shop.tasks.charge charge');
    assert.equal(meantIn('from .tasks import charge\ncharge.del|ay(1)\n'), 'shop.tasks.charge delay');
    assert.equal(meantIn('from .tasks import char|ge\n'), 'shop.tasks.charge charge');
    assert.equal(meantIn('from .tasks import charge as pay|\n'), 'shop.tasks.charge charge as pay');
    assert.equal(meantIn('from . import tasks\ntasks.char|ge.s(1)\n'), 'shop.tasks.charge charge');
    assert.equal(meantIn('from . import tasks\nx = [tasks.charge.si|(1) for _ in y]\n'), 'shop.tasks.charge si');
  });

  test('by its name in a string, also of a task that is defined elsewhere', () => {
    assert.equal(
      meantIn('from celery import Celery\napp = Celery()\napp.send_task("shop.tasks.ch|arge")\n'),
      'shop.tasks.charge "shop.tasks.charge"',
    );
    assert.equal(
      meantIn('from celery import Celery\napp = Celery()\napp.send_task("other.thi|ng")\n'),
      'other.thing "other.thing"',
    );
    assert.equal(
      meantIn(
        'from celery import Celery\napp = Celery()\napp.conf.task_routes = {"shop.tasks.char|ge": {"queue": "a"}}\n',
      ),
      'shop.tasks.charge "shop.tasks.charge"',
    );
  });

  test('at its definition', () => {
    const text = tasks.replace('def charge', 'def cha|rge');
    assert.equal(meantIn(text, {}), 'shop.views.charge charge');
  });

  test('is none for what is no task, in code being typed, and beyond the end', () => {
    assert.equal(meantIn('from .tasks import charge\nprin|t(charge)\n'), null);
    assert.equal(meantIn('from .tasks import charge\ncharge.dela|\n'), null);
    assert.equal(meantIn('from .tasks import |\n'), null);
    assert.equal(meantIn('x = "shop.|'), null);
    assert.equal(meantIn(`${'('.repeat(2_000)}|`), null);
  });
});
