import { walk } from '../../python/walk.ts';
import type { CodeIndex } from '../codeIndex.ts';
import { constantOf } from '../constantOf.ts';
import { valueBehind } from '../usesIn.ts';

const queueSetting =
  /^(?:task_routes|task_queues|task_default_queue|celery_routes|celery_queues|celery_default_queue)$/i;

/** The queues that the code names: in routes, as queues, as options of tasks. */
export const queueNames = (index: CodeIndex): readonly string[] => {
  const found = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value === 'string' && value !== '') found.add(value);
  };
  for (const { key, value, file, above } of index.settings) {
    if (!queueSetting.test(key)) continue;
    const written = valueBehind(value, file, above, index.names);
    add(constantOf(written, file, above, index.names));
    walk([written], (node) => {
      if (node.kind === 'dict')
        for (const entry of node.entries)
          if (entry.key?.kind === 'string' && entry.key.value === 'queue' && entry.value.kind === 'string')
            add(entry.value.value);
      if (node.kind !== 'call' || node.callee.kind !== 'name' || node.callee.id !== 'Queue') return undefined;
      const name = node.args.find((each, at) => each.name === 'name' || (at === 0 && each.name === null))?.value;
      add(name?.kind === 'string' ? name.value : null);
      return undefined;
    });
  }
  for (const task of index.tasks) {
    const option = task.options.get('queue');
    if (option?.kind === 'string') add(option.value);
  }
  return [...found].sort();
};
