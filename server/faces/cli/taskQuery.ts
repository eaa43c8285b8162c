import type { TaskQuery } from '../../api/tasks.ts';
import type { OptionValues } from './options.ts';

/** What the filters and the order on the command line ask for. */
export const taskQuery = ({ state, name, worker, queue, search, sort }: OptionValues): TaskQuery => ({
  ...(state ? { states: state } : {}),
  ...(name ? { names: name } : {}),
  ...(worker ? { workers: worker } : {}),
  ...(queue ? { queues: queue } : {}),
  ...(search === undefined ? {} : { text: search }),
  ...(sort ? { sort } : {}),
});
