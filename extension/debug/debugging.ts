import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Area, Parts } from '../parts.ts';
import { askPlace } from './askPlace.ts';
import { BannerLinks } from './bannerLinks.ts';
import { beforeAttach } from './beforeAttach.ts';
import { startPythonDebugging } from './python/pythonDebugging.ts';
import { attachTo, RdbAdapters } from './rdbAdapters.ts';
import { RdbConfigurations } from './rdbConfigurations.ts';
import { RdbPlaces } from './rdbPlaces.ts';
import { RdbTerminal } from './rdbTerminal.ts';

const rdbType = 'celery-rdb';

/** Celery's remote debugger as a debug session, and as the plain prompt of pdb. */
export const startDebugging = (parts: Parts): Area<'attachRdb' | 'openRdbTerminal'> => {
  const { context } = parts;
  const places = new RdbPlaces(context.workspaceState);
  const helper = (): string => readFileSync(join(context.extensionPath, 'dist', 'rdbHelper.py'), 'utf8');
  const adapters = new RdbAdapters(helper, parts);
  const terminals = new Set<RdbTerminal>();
  const registered = [
    vscode.debug.registerDebugAdapterDescriptorFactory(rdbType, adapters),
    vscode.debug.registerDebugConfigurationProvider(rdbType, new RdbConfigurations(places)),
    vscode.window.registerTerminalLinkProvider(new BannerLinks((place) => attachTo(rdbType, place), parts.log)),
    startPythonDebugging(),
  ];
  return {
    commands: {
      attachRdb: async () => {
        const place = await askPlace(places, { canSearch: true });
        await beforeAttach({ debugger: 'rdb', cluster: null, target: null });
        await attachTo(rdbType, place);
      },
      openRdbTerminal: async () => {
        const place = await askPlace(places, { canSearch: false });
        const pty = new RdbTerminal(place);
        terminals.add(pty);
        const name = `rdb ${place.host}:${place.port}`;
        vscode.window.createTerminal({ name, pty, iconPath: new vscode.ThemeIcon('debug') }).show();
      },
    },
    dispose: () => {
      for (const each of terminals) each.close();
      for (const each of [...registered, adapters]) each.dispose();
    },
  };
};
