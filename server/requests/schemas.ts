import * as v from 'valibot';

const tls = v.object({
  caFile: v.exactOptional(v.string()),
  certFile: v.exactOptional(v.string()),
  keyFile: v.exactOptional(v.string()),
  verify: v.exactOptional(v.boolean()),
});

const seconds = v.pipe(v.number(), v.minValue(0));

/** Thresholds by the name of a health rule. */
export const healthRules = v.record(
  v.string(),
  v.object({
    enabled: v.exactOptional(v.boolean()),
    info: v.exactOptional(v.number()),
    warning: v.exactOptional(v.number()),
    critical: v.exactOptional(v.number()),
    infoAfterSeconds: v.exactOptional(seconds),
    warningAfterSeconds: v.exactOptional(seconds),
    criticalAfterSeconds: v.exactOptional(seconds),
  }),
);

export const connection = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  name: v.string(),
  url: v.string(),
  transportOptions: v.record(v.string(), v.unknown()),
  tls: v.exactOptional(tls),
  resultBackend: v.exactOptional(v.string()),
  environment: v.exactOptional(v.picklist(['dev', 'staging', 'prod'])),
  isReadOnly: v.exactOptional(v.boolean()),
  workerLostAfterMs: v.pipe(v.number(), v.minValue(1_000)),
  maxTasks: v.pipe(v.number(), v.integer(), v.minValue(1)),
  refreshIntervalMs: v.exactOptional(v.pipe(v.number(), v.minValue(500))),
  redactPatterns: v.exactOptional(v.array(v.string())),
  historyDays: v.exactOptional(v.pipe(v.number(), v.minValue(1), v.maxValue(3_650))),
  healthRules: v.exactOptional(healthRules),
});

/** The last millisecond that a Date can hold. */
export const latestTime = 8.64e15;

/** A moment in milliseconds since 1970. What a caller sends may begin a loop over time, so that it has to be one. */
export const time = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(latestTime));

/** What every request about one cluster begins with. */
export const ofCluster = { clusterId: v.string() };

export const texts = v.array(v.string());
