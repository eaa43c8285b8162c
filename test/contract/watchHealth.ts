import type { TestContext } from 'node:test';
import { applyChanges } from '../../server/api/change.ts';
import type { Alert, HealthRuleSettings } from '../../server/api/health.ts';
import type { ClusterSnapshot, ConnectionConfig } from '../../server/api/model.ts';
import { createBroker } from '../../server/brokers/createBroker.ts';
import { Cluster } from '../../server/cluster/cluster.ts';
import { openHistory } from '../../server/history/openHistory.ts';
import type { Broker } from '../lab/broker.ts';
import { until } from '../lab/lab.ts';
import { connectionTo } from './connectionTo.ts';

const log = (): void => undefined;

/** A cluster that somebody watches, and the mirror of whoever does. `now`: the engine's clock, which may run ahead. */
export const watchHealth = async (
  t: TestContext,
  connection: ConnectionConfig,
  historyFolder: string,
  now: () => number = Date.now,
) => {
  const history = await openHistory({
    folder: historyFolder,
    connectionId: connection.id,
    workerFile: null,
    log,
    now,
  });
  const cluster = new Cluster({
    connection,
    broker: createBroker(connection),
    epoch: 'a',
    now,
    log,
    history,
  });
  t.after(async () => {
    await cluster.stop();
    await history.close();
  });
  let mirror: ClusterSnapshot = cluster.snapshot();
  cluster.listen((batch) => {
    mirror = applyChanges(mirror, batch);
  });
  cluster.start();
  await until('the cluster is live', () => mirror.link.kind === 'live');
  const alert = (rule: string): Alert | undefined => Object.values(mirror.alerts).find((each) => each.rule === rule);
  return {
    cluster,
    history,
    alert,
    snapshot: () => mirror,
    /** Resolves when the rule says so; the mirror is asked, not the engine. */
    raised: (rule: string, severity: Alert['severity'], timeoutMs = 30_000) =>
      until(`${rule} is ${severity}`, () => (alert(rule)?.severity === severity ? alert(rule) : null), timeoutMs),
    ended: (rule: string, timeoutMs = 30_000) => until(`${rule} is over`, () => !alert(rule), timeoutMs),
  };
};

export const quickly = (broker: Broker, healthRules: HealthRuleSettings = {}): ConnectionConfig => ({
  ...connectionTo(broker),
  workerLostAfterMs: 2_000,
  refreshIntervalMs: 500,
  healthRules,
});
