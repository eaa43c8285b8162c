import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openWorkbench } from '../harness/openWorkbench.ts';
import { startVsCode, type VsCodeOptions } from '../harness/vscode.ts';
import type { Workbench } from '../harness/workbench.ts';
import type { TestEvent } from './events.ts';
import { prepareSuites } from './prepareSuites.ts';
import { readEvents } from './readEvents.ts';

export type TestResult = Extract<TestEvent, { kind: 'passed' | 'failed' }>;

/**
 * How a run ended: by itself, or by what stopped it while the named test was running. `refused`: VS Code gave up, and no
 * test was running.
 */
export type Ending =
  | { readonly kind: 'finished' }
  | { readonly kind: 'hung' | 'crashed' | 'refused'; readonly running: string | null; readonly words: string };

export interface Report {
  readonly results: readonly TestResult[];
  readonly ending: Ending;
}

interface RunOptions extends VsCodeOptions {
  /** Files that export `tests`. */
  readonly suites: readonly string[];
  readonly testTimeoutMs?: number;
}

const pollMs = 50;
const reasonMs = 5_000;
/** A test that blocks its extension host cannot be told that its time is up; after so many times that, the host is given up. */
const patience = 2;
const startLimitMs = 60_000;

/** Runs suites inside the extension host of a VS Code of their own, and tells how that went, however it went. */
export const runInExtensionHost = async (options: RunOptions): Promise<Report> => {
  const vscode = await startVsCode(options);
  try {
    const { suites, testTimeoutMs = 20_000 } = options;
    const { eventsFile, runner, folder } = await prepareSuites(join(vscode.folder, 'suites'), suites, testTimeoutMs);
    const exited = Promise.withResolvers<string>();
    const window = await openWorkbench(vscode, {
      extensionTestsPath: runner,
      developmentExtensions: [folder],
      prepare: (page) =>
        page.exposeFunction('codeAutomationExit', (code: number) => exited.resolve(`VS Code ended with code ${code}.`)),
    });
    // Of a crash the window may tell before the server does, which knows the reason.
    const gaveUp = exited.promise.then((words) => Promise.race([vscode.extensionHostExited, sleep(reasonMs, words)]));
    const stopped = Promise.race([vscode.extensionHostExited, gaveUp]);
    const ending = await follow(eventsFile, testTimeoutMs, stopped, window);
    await window.close();
    return { results: readEvents(eventsFile).filter(isResult), ending };
  } finally {
    await vscode.stop();
  }
};

/** Reads along until the runner has finished, was stopped, or has said nothing for longer than a test may take. */
const follow = async (
  eventsFile: string,
  testTimeoutMs: number,
  stopped: Promise<string>,
  window: Workbench,
): Promise<Ending> => {
  let [seen, heardAt] = [0, performance.now()];
  for (;;) {
    const stop = await Promise.race([stopped, sleep(pollMs, null)]);
    const events = readEvents(eventsFile);
    if (events.at(-1)?.kind === 'finished') return { kind: 'finished' };
    if (events.length > seen) [seen, heardAt] = [events.length, performance.now()];
    const limitMs = events.length === 0 ? startLimitMs : patience * testTimeoutMs;
    if (stop === null && performance.now() - heardAt < limitMs) continue;
    const running = runningTest(events);
    const words = [stop ?? `Nothing was heard of it for ${limitMs / 1000} s.`, ...window.errors.slice(-3)].join('\n');
    return { kind: stop === null ? 'hung' : running ? 'crashed' : 'refused', running, words };
  }
};

const isResult = (event: TestEvent): event is TestResult => event.kind === 'passed' || event.kind === 'failed';

const runningTest = (events: readonly TestEvent[]): string | null => {
  const last = events.at(-1);
  return last?.kind === 'started' ? last.name : null;
};
