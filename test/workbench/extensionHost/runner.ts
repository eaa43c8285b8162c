import { appendFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plan, TestEvent, Tests } from './events.ts';

/** VS Code calls this in the extension host, as `extensionTestsPath`. */
export const run = async (): Promise<void> => {
  const plan = JSON.parse(readFileSync(join(__dirname, 'plan.json'), 'utf8')) as Plan;
  const tell = (event: TestEvent): void => appendFileSync(plan.eventsFile, `${JSON.stringify(event)}\n`);
  for (const { name, file } of plan.suites) {
    const tests: Tests = {};
    await attempt(`${name}: loads`, plan, tell, () => Object.assign(tests, createRequire(__filename)(file).tests));
    for (const [sentence, test] of Object.entries(tests)) await attempt(`${name}: ${sentence}`, plan, tell, test);
  }
  tell({ kind: 'finished' });
};

const attempt = async (
  name: string,
  { testTimeoutMs }: Plan,
  tell: (event: TestEvent) => void,
  act: () => unknown,
): Promise<void> => {
  const startedAt = performance.now();
  const durationMs = () => Math.round(performance.now() - startedAt);
  tell({ kind: 'started', name });
  try {
    await withinTime(testTimeoutMs, act);
    tell({ kind: 'passed', name, durationMs: durationMs() });
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    tell({ kind: 'failed', name, durationMs: durationMs(), error: words });
  }
};

const withinTime = async (limitMs: number, act: () => unknown): Promise<void> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`It did not end within ${limitMs / 1000} s.`)), limitMs);
  try {
    await Promise.race([act(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
};
