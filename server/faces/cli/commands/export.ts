import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { alertRules } from '../../../metrics/alertRules.ts';
import { grafanaDashboards } from '../../../metrics/grafanaDashboards.ts';
import type { RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { quoted } from '../quoted.ts';
import { UsageError } from '../usageError.ts';

/** Writes what Prometheus and Grafana need to make something of the metrics of `serve`. */
export const runExport: RunCommand = async ({ args, terminal }) => {
  const [what = '', folder = '.', ...rest] = args;
  if (rest.length > 0) throw new UsageError('"export" takes one folder.');
  const write = (name: string, text: string): void => {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, name);
    writeFileSync(file, text);
    terminal.line(file);
  };
  if (what === 'grafana')
    for (const [name, dashboard] of Object.entries(grafanaDashboards()))
      write(`${name}.json`, `${JSON.stringify(dashboard, null, 2)}\n`);
  else if (what === 'alert-rules') write('celery-alert-rules.yaml', stringify(alertRules(), { lineWidth: 120 }));
  else throw new UsageError(`"export" writes grafana or alert-rules, not ${quoted(what)}.`);
  return exitCode.ok;
};
