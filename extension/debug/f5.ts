import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Surfaces } from '../surfaces.ts';
import { celeryType } from './launch/offeredConfigurations.ts';

/** The extension that knows debugpy best: where it is installed, sessions are its own. */
export const debugpyExtension = 'ms-python.debugpy';

const launch = v.object({ configurations: v.array(v.looseObject({ type: v.string() })) });

/**
 * F5 in a Python file asks which debugger is meant where there are two. Beside the one of Python, ours is offered only
 * where Celery is at work: in a launch configuration, in a file that is open, in a session that we begin.
 */
export class F5 implements vscode.Disposable {
  readonly #setLeaving: (leaves: boolean) => Promise<void>;
  #listener: vscode.Disposable | null = null;

  constructor(surfaces: Surfaces) {
    this.#setLeaving = surfaces.contextKey('celeriac.leavesF5');
  }

  start(): void {
    if (vscode.extensions.getExtension(debugpyExtension) && !isNamed()) void this.#setLeaving(true);
    this.#listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('launch') && isNamed()) void this.offer();
    });
  }

  dispose(): void {
    this.#listener?.dispose();
  }

  /** From now on, until the window closes. */
  offer(): Promise<void> {
    return this.#setLeaving(false);
  }
}

const isNamed = (): boolean => {
  const folders = vscode.workspace.workspaceFolders ?? [undefined];
  return folders.some((folder) => names(vscode.workspace.getConfiguration(undefined, folder).get('launch')));
};

const names = (settings: unknown): boolean => {
  const read = v.safeParse(launch, settings);
  return read.success && read.output.configurations.some((each) => each.type === celeryType);
};
