import * as vscode from 'vscode';
import { requests } from '../../server/api/requests.ts';
import type { Parts } from '../parts.ts';
import { affectsSetting } from '../setting.ts';
import { isCeleryProject } from './isCeleryProject.ts';
import { isDiscoveryEnabled, readableFolders } from './readableFolders.ts';

/** While there is no connection, the empty Clusters view says whether the workspace names brokers. It uses none of them. */
export class BrokerOffer implements vscode.Disposable {
  private readonly parts: Parts;
  private readonly listeners: vscode.Disposable[] = [];
  private readonly tellFound: (found: number) => Promise<void>;
  private looked = false;

  constructor(parts: Parts) {
    this.parts = parts;
    this.tellFound = parts.surfaces.contextKey('celeriac.brokersFound');
  }

  start(): void {
    const again = (): void => {
      this.looked = false;
      this.look();
    };
    this.listeners.push(
      vscode.workspace.onDidGrantWorkspaceTrust(again),
      vscode.workspace.onDidChangeWorkspaceFolders(again),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affectsSetting(event, 'discovery.enabled')) again();
      }),
      this.parts.connections.onProblems(() => this.look()),
    );
  }

  dispose(): void {
    for (const listener of this.listeners.splice(0)) listener.dispose();
  }

  /** Once for each set of folders, and only when there is an empty view to say it in. */
  private look(): void {
    const { connections, log } = this.parts;
    if (this.looked || connections.listed.length > 0) return;
    this.looked = true;
    this.count()
      .then((found) => this.tellFound(found))
      .catch((error) => log.error('The workspace could not be searched for brokers.', error));
  }

  private async count(): Promise<number> {
    const folders = isDiscoveryEnabled() ? readableFolders() : [];
    if (folders.length === 0 || !(await isCeleryProject())) return 0;
    const { brokers, filesRead } = await this.parts.backend.request(requests.discoverBrokers, { folders });
    this.parts.log.info(`${brokers.length} brokers are named in ${filesRead} files of this workspace.`);
    return brokers.length;
  }
}
