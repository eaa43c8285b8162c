import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CeleryEvent } from '../../../server/celery/event.ts';
import { ExporterVocabulary, type GenericHostnames } from '../../../server/metrics/exporterVocabulary.ts';
import type { MetricsView } from '../../../server/metrics/vocabulary.ts';
import type { TaskLabels } from '../../../server/state/queries/taskLabels.ts';

const task: TaskLabels = {
  name: 'pay',
  worker: 'w@lab',
  queue: 'orders',
  sentSeconds: 100,
  receivedSeconds: 101,
  startedSeconds: 104,
  hasEta: false,
  isRepeat: false,
  waitSeconds: 4,
};

const event = (type: string, hostname = 'w@lab'): CeleryEvent => ({ type, hostname }) as CeleryEvent;

const nobody = { workers: [], queues: [], poolSizes: new Map() } as unknown as MetricsView;

const samplesOf = (notes: readonly (readonly [CeleryEvent, TaskLabels])[], generic?: GenericHostnames) => {
  const vocabulary = new ExporterVocabulary(100, generic);
  for (const [each, labels] of notes) vocabulary.note(each, labels);
  const lines = vocabulary
    .families(nobody)
    .flatMap(({ name, samples }) =>
      [...samples].map(({ suffix = '', labels, value }) => [
        `${name}${suffix}{${labels.map((pair) => pair.join('=')).join(',')}}`,
        value,
      ]),
    );
  return new Map(lines as [string, number][]);
};

const where = 'name=pay,hostname=lab,queue_name=orders';

test('the wait in the queue is that of a task of which the sender told, and never negative', () => {
  const samples = samplesOf([
    [event('task-started'), task],
    [event('task-started'), { ...task, waitSeconds: -3 }],
    [event('task-started'), { ...task, sentSeconds: Number.NaN }],
    [event('task-succeeded'), task],
  ]);
  assert.equal(samples.get(`celery_task_queue_wait_time_count{${where}}`), 2);
  assert.equal(samples.get(`celery_task_queue_wait_time_sum{${where}}`), 4);
  assert.equal(samples.get(`celery_task_queue_wait_time_bucket{${where},le=2.5}`), 1);
  assert.equal(samples.get(`celery_task_queue_wait_time_bucket{${where},le=1800.0}`), 2);
});

test('all senders, or all workers, may be one host to the metrics of tasks', () => {
  const notes = [
    [event('task-sent', 'gen1@web7'), task],
    [event('task-started'), task],
  ] as const;
  const generic = where.replace('hostname=lab', 'hostname=generic');
  const sent = samplesOf(notes, { sent: true });
  assert.equal(sent.get(`celery_task_sent_total{${generic}}`), 1);
  assert.equal(sent.get(`celery_task_started_total{${where}}`), 1);
  const worker = samplesOf(notes, { worker: true });
  assert.equal(worker.get(`celery_task_sent_total{${where.replace('hostname=lab', 'hostname=web7')}}`), 1);
  assert.equal(worker.get(`celery_task_started_total{${generic}}`), 1);
  assert.equal(worker.get(`celery_task_queue_wait_time_count{${generic}}`), 1);
});
