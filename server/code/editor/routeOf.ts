import { namePatterns } from '../../api/namePatterns.ts';
import type { Expression } from '../../python/syntax.ts';
import type { CodeIndex } from '../codeIndex.ts';
import { constantOf } from '../constantOf.ts';
import { settingOf } from '../ruleKit.ts';
import { entriesOf, type WrittenSetting } from '../settingsIn.ts';
import { valueBehind } from '../usesIn.ts';

/** The queue that `task_routes` names for a task: an exact name first, then the first pattern (celery/app/routes.py: MapRoute). */
export const routeOf = (index: CodeIndex, task: string): string | null => {
  const setting = settingOf(index, 'task_routes', 'CELERY_ROUTES');
  if (!setting) return null;
  const value = valueBehind(setting.value, setting.file, setting.above, index.names);
  for (const map of value.kind === 'list' || value.kind === 'tuple' ? value.items : [value]) {
    const route = routeIn(map, task);
    const queue = route && queueIn(route, setting, index);
    if (queue) return queue;
  }
  return null;
};

const routeIn = (map: Expression, task: string): Expression | null => {
  const routes = entriesOf(map);
  const found =
    routes.find(([name]) => name === task) ??
    routes.find(([name]) => /[*?[]/.test(name) && namePatterns([name], { marks: 'fnmatch' })(task));
  return found?.[1] ?? null;
};

const queueIn = (route: Expression, setting: WrittenSetting, index: CodeIndex): string | null => {
  const { file, above } = setting;
  const written = route.kind === 'string' ? route : entriesOf(route).find(([key]) => key === 'queue')?.[1];
  const queue = written && constantOf(written, file, above, index.names);
  return typeof queue === 'string' ? queue : null;
};
