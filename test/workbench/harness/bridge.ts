import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as api from 'vscode';
import { bundle } from './bundle.ts';
import { eventually } from './eventually.ts';
import type { VsCode } from './vscode.ts';

/** A function for the other side: it is sent as text and sees nothing but what it is given. */
export type Posted<A, R> = (vscode: typeof api, argument: A) => R | PromiseLike<R>;

/** The way from a test into the extension host of one window. */
export interface Bridge {
  /** The folder of the extension that the window has to load. */
  readonly extension: string;
  evaluate<A, R>(act: Posted<A, R>, argument: A): Promise<R>;
}

const manifest = {
  name: 'bridge',
  publisher: 'celeriac-tests',
  version: '0.0.1',
  engines: { vscode: '^1.105.0' },
  main: './extension.js',
  activationEvents: ['*'],
  capabilities: { untrustedWorkspaces: { supported: true } },
};

export const openBridge = async (vscode: VsCode): Promise<Bridge> => {
  const extension = mkdtempSync(join(vscode.folder, 'bridge-'));
  writeFileSync(join(extension, 'package.json'), JSON.stringify(manifest));
  await bundle(join(import.meta.dirname, 'bridgeExtension.ts'), join(extension, 'extension.js'));
  const evaluate: Bridge['evaluate'] = async (act, argument) => {
    const port = await eventually(() => readFileSync(join(extension, 'port'), 'utf8'), 30_000);
    const body = `(${act.toString()})(vscode, ${JSON.stringify(argument)})`;
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
    const { value, error } = (await response.json()) as { value: never; error?: string };
    if (error) throw new Error(`In the extension host: ${error}`);
    return value;
  };
  return { extension, evaluate };
};
