import type { Variable } from './envFile.ts';
import { roleOf } from './roles.ts';

/**
 * The settings of Celery in a file that Python's configparser reads, such as `airflow.cfg`: those of a section `[celery]`
 * (there `broker` is one), and elsewhere those whose names say so.
 */
export const readIniFile = (text: string): Variable[] => {
  const found: Variable[] = [];
  let section = '';
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    section = /^\[([^\]]+)\]/.exec(line)?.[1]?.trim().toLowerCase() ?? section;
    const [, key, value] = /^([A-Za-z][\w.-]*)\s*[=:]\s*(\S.*)$/s.exec(line.trimEnd()) ?? [];
    if (key === undefined || value === undefined) continue;
    const name = section === 'celery' && !/^celery/i.test(key) ? `celery_${key}` : key;
    if (roleOf(name) !== null) found.push({ name, value, line: index + 1 });
  }
  return found;
};
