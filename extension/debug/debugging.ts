import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RdbPlace, SearchedPlace } from '../../server/api/rdbPlace.ts';
import type { Area, Parts } from '../parts.ts';
import { plainLine } from '../shown/plainLine.ts';
import { BannerLinks } from './bannerLinks.ts';
import { startPythonDebugging } from './debugpy/pythonDebugging.ts';
import { startLaunching } from './launch/launching.ts';
import { attachTo, RdbAdapters } from './rdbAdapters.ts';
import { RdbPlaces } from './rdbPlaces.ts';
import { RdbResolver } from './rdbResolver.ts';
import type { RdbTerminal } from './rdbTerminal.ts';
import { RdbWaiting } from './rdbWaiting.ts';
import { SessionClock } from './sessionClock.ts';

const rdbType = 'celery-rdb';

const late = () => import('../late.ts');

/** Celery's remote debugger as a debug session, and as the plain prompt of pdb. */
export const startDebugging = (
  parts: Parts,
): Area<'attachDebugger' | 'attachRdb' | 'debugWorker' | 'openRdbTerminal' | 'runTaskUnderDebugger'> => {
  const { context } = parts;
  const places = new RdbPlaces(context.workspaceState);
  const helper = (): string => readFileSync(join(context.extensionPath, 'dist', 'rdbHelper.py'), 'utf8');
  const adapters = new RdbAdapters(helper, parts, places);
  const terminals = new Set<RdbTerminal>();
  const attach = (place: SearchedPlace) => attachTo(rdbType, place);
  const openTerminal = async (place: RdbPlace) => {
    const { enterRdb, RdbTerminal } = await late();
    await enterRdb(parts, await waiting.at(place));
    const pty = new RdbTerminal(place, () => void waiting.look());
    terminals.add(pty);
    const name = plainLine(`rdb ${place.host}:${place.port}`);
    vscode.window.createTerminal({ name, pty, iconPath: new vscode.ThemeIcon('debug') }).show();
  };
  const waiting: RdbWaiting = new RdbWaiting(parts, {
    attach: ({ session }) => attach(session.place),
    openTerminal: ({ session }) => openTerminal(session.place),
  });
  const askWhere = async (canSearch: boolean) => (await late()).askPlace(parts.backend, waiting, places, canSearch);
  const configurations = new RdbResolver(places, {
    ask: () => askWhere(true),
    enter: async (place) => (await late()).enterRdb(parts, await waiting.at(place)),
  });
  const launching = startLaunching(parts);
  const python = startPythonDebugging(parts);
  const registered = [
    vscode.debug.registerDebugAdapterDescriptorFactory(rdbType, adapters),
    vscode.debug.registerDebugConfigurationProvider(rdbType, configurations),
    vscode.window.registerTerminalLinkProvider(new BannerLinks(attach, parts.log)),
    python,
    new SessionClock(parts),
  ];
  return {
    commands: {
      ...launching.commands,
      // pdb holds a task that waits in rdb: another debugger would only watch it wait.
      attachDebugger: async (row) => {
        const waiter = await waiting.ofRow(row);
        await (waiter ? attach(waiter.session.place) : python.commands.attachDebugger(row));
      },
      attachRdb: async (row) => {
        const waiter = await waiting.ofRow(row);
        await attach(waiter ? waiter.session.place : await askWhere(true));
      },
      openRdbTerminal: async () => openTerminal(await askWhere(false)),
    },
    dispose: () => {
      for (const each of terminals) each.close();
      for (const each of [...registered, waiting, adapters, launching]) each.dispose();
    },
  };
};
