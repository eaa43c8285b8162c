import type { Task } from '../../api/tasks.ts';
import type { Paint, Style } from '../../text/paint.ts';
import { hasFailed, runtimeOf, stateStyle } from '../../text/taskRows.ts';
import { clockTime, dayAndTime, duration, printable } from '../../text/wording.ts';

interface Page {
  readonly paint: Paint;
}

type Fact = readonly [string, string | null];

/** Everything known of one task: what it is, what happened when, and what came of it. */
export const taskScreen = (task: Task, { paint }: Page): string[] => {
  const name = task.name === null ? '(unknown name: received before listening started)' : printable(task.name);
  const blocks = [
    [`${paint('bold', name)}  ${printable(task.id)}`, stateLine(task, paint)],
    facts(placeOf(task), paint),
    timeline(task, paint),
    facts(familyOf(task), paint),
    task.traceback === null ? [] : task.traceback.trimEnd().split('\n').map(printable),
  ];
  return blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
};

const stateLine = (task: Task, paint: Paint): string => {
  const runtime = runtimeOf(task);
  const parts = [
    paint(stateStyle(task.state), printable(task.state)),
    runtime === null ? '' : `ran ${duration(runtime)}`,
    task.waitSeconds === null ? '' : `waited ${duration(task.waitSeconds)}`,
    task.retries ? `retry ${task.retries}` : '',
    revocationOf(task),
  ];
  return parts.filter((part) => part !== '').join(' · ');
};

const revocationOf = ({ revocation }: Task): string => {
  if (revocation === null) return '';
  if (revocation.expired) return 'expired';
  if (!revocation.terminated) return '';
  return revocation.signal === null ? 'terminated' : `terminated by signal ${revocation.signal}`;
};

const placeOf = (task: Task): Fact[] => [
  ['worker', task.worker],
  ['sent by', task.client],
  ['queue', task.queue],
  ['exchange', task.exchange || null],
  ['routing key', task.routingKey === task.queue ? null : task.routingKey],
  ['args', task.args],
  ['kwargs', task.kwargs],
  ['eta', task.eta],
  ['expires', task.expires],
  ['result', task.result],
  [hasFailed(task) ? 'exception' : 'earlier exception', task.exception],
];

const familyOf = (task: Task): Fact[] => [
  ['root', task.rootId === task.id ? null : task.rootId],
  ['parent', task.parentId],
  ['children', task.childIds.length === 0 ? null : task.childIds.join(' ')],
];

const facts = (rows: readonly Fact[], paint: Paint): string[] => {
  const known = rows.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
  const cells = Math.max(0, ...known.map(({ label }) => label.length));
  return known.map(({ label, value }) => `${paint('dim', label.padEnd(cells))}  ${printable(value)}`);
};

interface Step {
  readonly what: string;
  readonly at: number;
  readonly style: Style | null;
}

/** When what happened, by the clocks of those it happened to, with the time in between. */
const timeline = (task: Task, paint: Paint): string[] => {
  const all: readonly (readonly [string, number | null, string])[] = [
    ['sent', task.sentAt, 'PENDING'],
    ['received', task.receivedAt, 'RECEIVED'],
    ['started', task.startedAt, 'STARTED'],
    ['retried', task.retriedAt, 'RETRY'],
    ['succeeded', task.succeededAt, 'SUCCESS'],
    ['failed', task.failedAt, 'FAILURE'],
    ['revoked', task.revokedAt, 'REVOKED'],
    ['rejected', task.rejectedAt, 'REJECTED'],
  ];
  const steps: Step[] = all
    .flatMap(([what, at, state]) => (at === null ? [] : [{ what, at, style: stateStyle(state) }]))
    .toSorted((a, b) => a.at - b.at);
  return steps.map(({ what, at, style }, index) => {
    const before = steps[index - 1];
    const time = before === undefined ? dayAndTime(at) : clockTime(at).padStart(dayAndTime(at).length);
    const since = before === undefined ? '' : `  +${duration((at - before.at) / 1000)}`;
    return `${paint('dim', time)}  ${paint(style, what.padEnd('succeeded'.length))}${since}`.trimEnd();
  });
};
