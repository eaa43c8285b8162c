import { join } from 'node:path';
import { stringify } from 'yaml';
import { CeleriacError } from '../../../api/errors.ts';
import { NotReadable } from '../../../files/notReadable.ts';
import { readBounded } from '../../../files/readBounded.ts';
import { replaceFile } from '../../../files/replaceFile.ts';
import { alertRules } from '../../../metrics/alertRules.ts';
import { grafanaDashboards } from '../../../metrics/grafanaDashboards.ts';
import type { RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { quoted } from '../quoted.ts';
import { UsageError } from '../usageError.ts';
import { writeReason } from '../writeReason.ts';

interface Exported {
  readonly file: string;
  readonly text: string;
}

/** Writes what Prometheus and Grafana need to make something of the metrics of `serve`. */
export const runExport: RunCommand = async (context) => {
  const { args, options, terminal } = context;
  const [what = '', folder = '.', ...rest] = args;
  if (what === 'tasks') return (await import('./exportTasks.ts')).exportTasks(context, args[1] ?? 'tasks.csv');
  if (options.query !== undefined || options.filter !== undefined || options.server !== undefined)
    throw new UsageError('--query, --filter and --server are for "export tasks".');
  if (rest.length > 0) throw new UsageError('"export" accepts one folder.');
  const all = exportedFor(what).map(([name, text]): Exported => ({ file: join(folder, name), text }));
  // Looked at before the first is written, so that it is all or none.
  if (options.force !== true) for (const each of all) refuseToReplace(each);
  for (const { file, text } of all) {
    write(file, text);
    terminal.line(file);
  }
  return exitCode.ok;
};

const exportedFor = (what: string): readonly (readonly [name: string, text: string])[] => {
  if (what === 'grafana')
    return Object.entries(grafanaDashboards()).map(([name, dashboard]) => [
      `${name}.json`,
      `${JSON.stringify(dashboard, null, 2)}\n`,
    ]);
  if (what === 'alert-rules') return [['celery-alert-rules.yaml', stringify(alertRules(), { lineWidth: 120 })]];
  throw new UsageError(`"export" writes tasks, grafana or alert-rules, not ${quoted(what)}.`);
};

/** One that somebody has changed is theirs; the same text once more does no harm. */
const refuseToReplace = ({ file, text }: Exported): void => {
  try {
    if (readBounded(file, Buffer.byteLength(text)).toString('utf8') === text) return;
  } catch (error) {
    const { code } = NotReadable.from(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return;
  }
  throw new CeleriacError(
    'badRequest',
    `${file} exists and was changed. Choose another folder, or overwrite it with --force.`,
  );
};

const write = (file: string, text: string): void => {
  try {
    replaceFile(file, text);
  } catch (error) {
    throw new CeleriacError('notFound', `${file} cannot be written: ${writeReason(error)}.`, { cause: error });
  }
};
