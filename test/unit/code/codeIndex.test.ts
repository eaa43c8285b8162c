import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { taskGraph, toDot, toMermaid } from '../../../server/code/taskGraph.ts';
import { type Files, indexOf } from './indexOf.ts';

const namesOf = (files: Files): string[] => indexOf(files).tasks.map(({ name }) => name);
const usesOf = (files: Files): string[] =>
  indexOf(files).uses.map(({ kind, task, file, line }) => `${kind} ${task} ${file}:${line}`);

const app = 'from celery import Celery\napp = Celery("shop")\n';

describe('the index of tasks', () => {
  it('names a task by its module and its function, or by what its decorator says', () => {
    const files = {
      'shop/__init__.py': '',
      'shop/app.py': app,
      'shop/orders.py':
        'from .app import app\n@app.task\ndef a():\n    pass\n@app.task(name="mine")\ndef b():\n    pass\n',
    };
    assert.deepEqual(namesOf(files), ['shop.orders.a', 'mine']);
  });

  it('knows decorators under other names, and those that people make of them', () => {
    const code =
      'from functools import partial\nfrom celery import shared_task as job\nimport celery\nbound = partial(job, bind=True)\n' +
      'def mine(**options):\n    return job(**options)\n' +
      '@job\ndef a():\n    pass\n@celery.shared_task()\ndef b():\n    pass\n@bound\ndef c(self):\n    pass\n@mine(queue="x")\ndef d():\n    pass\n';
    assert.deepEqual(namesOf({ 'm.py': code }), ['m.a', 'm.b', 'm.c', 'm.d']);
  });

  it('knows classes of tasks, and functions that are wrapped later', () => {
    const code = `${app}from celery import Task\nclass A(Task):\n    name = "a.a"\n    def run(self):\n        pass\nclass B(app.Task):\n    abstract = True\n    def run(self):\n        pass\ndef f():\n    pass\ng = app.task(f)\nh = app.task(name="h")(f)\n`;
    assert.deepEqual(namesOf({ 'm.py': code }), ['a.a', 'm.f']);
  });

  it('takes no decorator of another library for Celery’s', () => {
    const code =
      'from prefect import task\nfrom procrastinate import App\nfrom invoke import task as t\napp = App()\n@task\ndef a():\n    pass\n@app.task\ndef b():\n    pass\n@t\ndef c(x):\n    pass\n';
    assert.deepEqual(namesOf({ 'm.py': code }), []);
  });

  it('finds the module that a file is imported as, in every layout', () => {
    const task = 'from celery import shared_task\n@shared_task\ndef a():\n    pass\n';
    assert.deepEqual(namesOf({ 'src/pkg/__init__.py': '', 'src/pkg/tasks.py': task, 'pyproject.toml': '' }), [
      'pkg.tasks.a',
    ]);
    assert.deepEqual(namesOf({ 'site/manage.py': '', 'site/orders/tasks.py': task }), ['orders.tasks.a']);
    assert.deepEqual(
      namesOf({ 'ns/pkg/__init__.py': '', 'ns/pkg/tasks.py': task, 'run.py': 'import ns.pkg.tasks\n' }),
      ['ns.pkg.tasks.a'],
    );
    assert.deepEqual(namesOf({ 'a/b/tasks.py': task, 'run.py': 'from a.b.tasks import a\n' }), ['a.b.tasks.a']);
  });

  it('finds every way of sending, through imports, re-exports and aliases', () => {
    const files = {
      'shop/__init__.py': '',
      'shop/app.py': app,
      'shop/tasks/__init__.py': 'from .orders import charge\n',
      'shop/tasks/orders.py': 'from shop.app import app\n@app.task\ndef charge(x):\n    pass\n',
      'shop/views.py':
        'from functools import partial\nfrom celery import signature\nfrom django.db import transaction\nfrom shop.app import app\nfrom shop import tasks as t\nfrom shop.tasks import charge as pay\n' +
        't.charge.delay(1)\npay.apply_async((1,))\npay.s(1) | pay.si(2)\npay.signature((1,))\npay.subtask((1,))\npay(1)\ntransaction.on_commit(pay.delay)\npartial(pay.delay, 1)\n' +
        'pay.delay_on_commit(1)\napp.send_task("shop.tasks.orders.charge")\nsignature("shop.tasks.orders.charge")\napp.tasks["shop.tasks.orders.charge"].delay()\n',
    };
    assert.deepEqual(
      usesOf(files).map((use) => use.replace(' shop.tasks.orders.charge shop/views.py', '')),
      [
        'delay:7',
        'apply_async:8',
        's:9',
        'si:9',
        'signature:10',
        'subtask:11',
        'call:12',
        'delay:13',
        'delay:14',
        'delay_on_commit:15',
        'send_task:16',
        'signature:17',
        'delay:18',
      ],
    );
  });

  it('finds schedules and routes, also where a name stands for them', () => {
    const code = `${app}@app.task\ndef a():\n    pass\nplan = {"x": {"task": "m.a", "schedule": 1}, "y": {"task": a.name, "schedule": 1}}\napp.conf.beat_schedule = plan\napp.conf.update(task_routes={"m.a": "q", "m.*": "r"})\n`;
    assert.deepEqual(usesOf({ 'm.py': code }), ['schedule m.a m.py:6', 'schedule m.a m.py:6', 'route m.a m.py:8']);
  });

  it('parses nothing of a task that a parameter or another value hides', () => {
    const code = `${app}@app.task\ndef a():\n    pass\ndef f(a):\n    a.delay()\nfor a2 in x:\n    a2.delay()\n`;
    assert.deepEqual(usesOf({ 'm.py': code }), []);
  });

  it('makes a graph of who sends whom', () => {
    const code = `${app}@app.task\ndef a():\n    b.delay()\n@app.task\ndef b():\n    pass\ndef view():\n    a.delay()\napp.conf.beat_schedule = {"x": {"task": "m.b", "schedule": 1}}\n`;
    const graph = taskGraph(indexOf({ 'm.py': code }));
    assert.deepEqual(
      graph.edges.map(({ from, to }) => `${from} > ${to}`),
      ['m.a > m.b', 'm.view > m.a', 'beat > m.b'],
    );
    assert.match(toDot(graph), /"m\.a" -> "m\.b" \[label="delay"\]/);
    assert.match(toMermaid(graph), /n0 -->\|delay\| n1/);
  });
});
