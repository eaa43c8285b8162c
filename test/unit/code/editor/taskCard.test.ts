import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesInDocument } from '../../../../server/code/editor/namesInDocument.ts';
import { placesOf } from '../../../../server/code/editor/placesOf.ts';
import { callsOf } from '../../../../server/code/editor/taskCalls.ts';
import { taskFacts } from '../../../../server/code/editor/taskCard.ts';
import { indexOf } from '../indexOf.ts';

const shop = {
  'app.py': `from celery import Celery
from celery.schedules import crontab
app = Celery("shop")
app.conf.task_default_queue = "usual"
app.conf.task_acks_late = True
app.conf.task_routes = {"app.slow": "by-name", "app.*": {"queue": "by-pattern"}}
app.conf.beat_schedule = {"nightly": {"task": "app.report", "schedule": crontab(hour=3, minute=0)}}

@app.task(bind=True, max_retries=3, rate_limit="10/m")
def report(self, day: str, *, send=True, **rest):
    charge.delay(1)

@app.task(queue="own")
def charge(order): ...

@app.task
def slow(): ...

@app.task(name="elsewhere")
def plain(): ...

def view():
    report.delay("today")
`,
};

const factsOf = (name: string) => {
  const index = indexOf(shop);
  const task = index.task(name);
  assert.ok(task);
  return taskFacts(index, task, Date.UTC(2026, 0, 1, 1));
};

test('the card of a task names its signature without self, its options, and the settings that hold for it', () => {
  const { signature, options, schedules } = factsOf('app.report');
  assert.equal(signature, 'report(day: str, send=True, **rest)');
  assert.deepEqual(
    options.map(({ name, text }) => `${name} ${text}`),
    ['bind True', 'max_retries 3', 'rate_limit "10/m"', 'acks_late True (task_acks_late)'],
  );
  assert.deepEqual(
    schedules.map(({ name, schedule, nextRunAt }) => [name, schedule, nextRunAt]),
    [['nightly', 'crontab(hour=3, minute=0)', Date.UTC(2026, 0, 1, 3)]],
  );
});

test('the queue comes from the task, else from a route by name, then by pattern, then from the settings', () => {
  assert.deepEqual(factsOf('app.charge').queue, { name: 'own', from: 'option' });
  assert.deepEqual(factsOf('app.slow').queue, { name: 'by-name', from: 'route' });
  assert.deepEqual(factsOf('app.report').queue, { name: 'by-pattern', from: 'route' });
  assert.deepEqual(factsOf('elsewhere').queue, { name: 'usual', from: 'default' });
});

test('callers are tasks, functions and the schedule', () => {
  const { incoming, outgoing } = callsOf(indexOf(shop), 'app.report');
  assert.deepEqual(incoming.map(({ node }) => `${node.kind} ${node.id}`).sort(), ['code app.view', 'schedule beat']);
  assert.deepEqual(
    outgoing.map(({ node, edges }) => [node.id, edges.length]),
    [['app.charge', 1]],
  );
});

const yaml = `broker: redis
beat_schedule:
  nightly:
    task: app.report
    args: [app.report]
task_routes:
  app.slow: {queue: a}
  'app.charge': b
other:
  app.plain: x
`;

test('names in YAML and JSON count where they are values of schedules or routes', () => {
  const names = (text: string) => namesInDocument(text).map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(names(yaml), ['app.report', 'app.slow', 'app.charge']);
  assert.deepEqual(names('{"CELERY_BEAT_SCHEDULE": {"x": {"task": "app.report"}}, "task": "app.no"}'), ['app.report']);
  assert.deepEqual(names('beat_schedule: {a: {task: '), []);
  assert.deepEqual(names('beat_schedule: &a [*a, {task: "x.y"}]'), ['x.y']);
  const index = indexOf({ ...shop, 'celery.yml': yaml });
  assert.deepEqual(
    placesOf(index, 'app.report').map(({ kind }) => kind),
    ['delay', 'schedule', 'document'],
  );
});
