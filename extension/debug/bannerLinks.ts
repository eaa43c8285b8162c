import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { placeInLine, type RdbPlace } from '../../server/api/rdbPlace.ts';
import { report } from '../commands/register.ts';
import type { Log } from '../log.ts';

interface BannerLink extends vscode.TerminalLink {
  readonly place: RdbPlace;
}

/** The line of a worker's log that says where a task waits leads there. */
export class BannerLinks implements vscode.TerminalLinkProvider<BannerLink> {
  readonly #attach: (place: RdbPlace) => Promise<void>;
  readonly #log: Log;

  constructor(attach: (place: RdbPlace) => Promise<void>, log: Log) {
    this.#attach = attach;
    this.#log = log;
  }

  provideTerminalLinks({ line }: vscode.TerminalLinkContext): BannerLink[] {
    const found = placeInLine(line);
    if (!found) return [];
    const tooltip = t('Attach to this task');
    return [{ startIndex: found.at, length: found.text.length, tooltip, place: found.place }];
  }

  async handleTerminalLink({ place }: BannerLink): Promise<void> {
    try {
      await this.#attach(place);
    } catch (error) {
      await report(error, this.#log);
    }
  }
}
