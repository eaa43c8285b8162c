import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import { until } from '../lab/until.ts';
import { celeriac } from './cliProcess.ts';
import { labTest } from './labTest.ts';
import { Served } from './served.ts';

interface Rule {
  readonly name: string;
  readonly state: string;
  readonly health: string;
  readonly lastError?: string;
  readonly labels: Readonly<Record<string, string>>;
}

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

describe('celeriac export', () => {
  labTest('writes rules that Prometheus evaluates and dashboards whose queries it answers', async (lab) => {
    const broker = await lab.redis();
    const worker = await lab.worker({ broker, name: 'w', concurrency: 1, queues: ['default'] });
    const exported = await celeriac(['export', 'alert-rules', lab.folder]);
    assert.equal(exported.code, 0, exported.stderr);
    const file = exported.stdout.trim();
    const checked = await lab.promtool(['check', 'rules', file]);
    assert.equal(checked.code, 0, checked.stderr);
    // The same rules without the minutes they wait, so that the test need not.
    const rules = join(lab.folder, 'impatient.yaml');
    writeFileSync(rules, readFileSync(file, 'utf8').replaceAll(/^ *for: .*\n/gm, ''));

    const served = await Served.start(broker);
    const prometheus = await lab.prometheus({ target: `127.0.0.1:${served.port}`, rules });
    const rulesNow = async (): Promise<readonly Rule[]> => {
      const { groups } = (await prometheus.get('rules')) as { groups: readonly { rules: readonly Rule[] }[] };
      return groups.flatMap((group) => group.rules);
    };
    await lab.send({ broker, task: 'lab.echo', queue: 'default', count: 5 });
    await until(
      'every rule was evaluated',
      async () => (await rulesNow()).every(({ health }) => health === 'ok'),
      30_000,
    );
    assert.ok((await rulesNow()).length > 30);
    const firing = async (name: string): Promise<boolean> =>
      (await rulesNow()).some((rule) => rule.name === name && rule.state === 'firing');
    assert.ok(!(await firing('CeleryNoWorkers')));
    await lab.send({ broker, task: 'lab.echo', queue: 'default', count: 5 });
    await worker.stop();
    await until('it fires', () => firing('CeleryNoWorkers'), 30_000);

    const dashboards = await celeriac(['export', 'grafana', join(lab.folder, 'grafana')]);
    const files = dashboards.stdout.trim().split('\n');
    assert.equal(files.length, 3);
    // Nothing else may be empty: a name that no metric has would be.
    const mayBeEmpty = ['Alerts', 'Verdict (2 healthy, 1 degraded, 0 unhealthy)'];
    for (const each of files) {
      const { panels } = JSON.parse(readFileSync(each, 'utf8')) as { panels: Panel[] };
      for (const { title, targets } of panels.filter((panel) => !mayBeEmpty.includes(panel.title)))
        for (const { expr } of targets) {
          const query = `query?query=${encodeURIComponent(expr.replaceAll('$__rate_interval', '1m'))}`;
          await until(
            `${title} shows something: ${expr}`,
            async () => {
              const answer = (await prometheus.get(query)) as { result: unknown[] } | undefined;
              return answer && answer.result.length > 0;
            },
            30_000,
          );
        }
    }
    await served.stop();
  });

  labTest('says what it can write', async () => {
    const { code, stderr } = await celeriac(['export', 'excel']);
    assert.equal(code, 2);
    assert.match(stderr, /grafana or alert-rules/);
  });
});
