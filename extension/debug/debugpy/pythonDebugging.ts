import * as v from 'valibot';
import * as vscode from 'vscode';
import { rowTarget } from '../../commands/rowTarget.ts';
import type { Area, Parts } from '../../parts.ts';
import { celeryType } from '../launch/offeredConfigurations.ts';
import { CeleryAdapters } from './celeryAdapters.ts';
import { CeleryResolver } from './celeryResolver.ts';
import { leaveRunning } from './leaveRunning.ts';
import { offerListening } from './listenActions.ts';
import { WorkerPlaces } from './workerPlaces.ts';

const late = () => import('../../late.ts');

/** Workers and tasks under debugpy. */
export const startPythonDebugging = (parts: Parts): Area<'attachDebugger'> => {
  const places = new WorkerPlaces(parts.context.workspaceState);
  const configurations = new CeleryResolver(parts, async () =>
    (await late()).attachConfiguration(rowTarget(null), parts, places),
  );
  const registered = [
    vscode.debug.registerDebugConfigurationProvider(celeryType, configurations),
    vscode.debug.registerDebugAdapterDescriptorFactory(celeryType, new CeleryAdapters(parts)),
    followChildren(celeryType),
    leaveRunning([celeryType, 'debugpy']),
    offerListening(),
  ];
  return {
    commands: { attachDebugger: async (row) => (await late()).attachDebugger(row, parts, places) },
    dispose: () => {
      for (const each of registered) each.dispose();
    },
  };
};

const child = v.looseObject({ name: v.string(), request: v.literal('attach') });

/** Older adapters tell of a subprocess by an event of their own, where newer ones ask for a session by the protocol. */
const followChildren = (type: string): vscode.Disposable =>
  vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
    if (session.type !== type || event !== 'debugpyAttach') return;
    const read = v.safeParse(child, body);
    if (!read.success) return;
    const configuration = { ...read.output, type };
    void vscode.debug.startDebugging(session.workspaceFolder, configuration, { parentSession: session });
  });
