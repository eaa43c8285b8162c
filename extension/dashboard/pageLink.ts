import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError, toErrorData } from '../../server/api/errors.ts';
import type { CodePageRequest, HostMessage, PageAddress, PageRequest } from '../../server/api/page.ts';
import { type Request, requests } from '../../server/api/requests.ts';
import { fieldOf } from '../commands/fieldOf.ts';
import { commandId, commandNames } from '../commands/table.ts';
import type { Parts } from '../parts.ts';
import { ChangeSignal } from './changeSignal.ts';
import { pageMessageFrom } from './pageMessage.ts';

const commandIds: readonly string[] = commandNames.map(commandId);

/** Connects one page with the engine and the commands, for as long as its panel lives. A hidden page hears nothing. */
export class PageLink implements vscode.Disposable {
  private readonly panel: vscode.WebviewPanel;
  private readonly parts: Parts;
  readonly address: PageAddress;
  private readonly signal: ChangeSignal;
  private readonly listeners: vscode.Disposable[] = [];

  constructor(panel: vscode.WebviewPanel, parts: Parts, address: PageAddress) {
    this.panel = panel;
    this.parts = parts;
    this.address = address;
    this.signal = new ChangeSignal(address.clusterId, (change) => this.post({ kind: 'changed', ...change }));
  }

  start(): void {
    const { mirror, backend } = this.parts;
    this.listeners.push(
      this.panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      mirror.onDidChange(({ clusterId, changes }) => {
        if (clusterId === this.address.clusterId && this.panel.visible) this.signal.note(changes);
      }),
      backend.onState((state) => {
        if (state === 'running' && this.panel.visible) this.signal.note(null);
      }),
      this.signal,
    );
  }

  dispose(): void {
    for (const listener of this.listeners.splice(0)) listener.dispose();
  }

  private receive(received: unknown): void {
    const message = pageMessageFrom(received, commandIds);
    if (!message) {
      const error = unexpected(received);
      this.parts.log.error('A page sent a message that it may not send.', error);
      const id = idIn(received);
      if (id !== null) this.post({ kind: 'refusal', id, error: toErrorData(error) });
      return;
    }
    const work = message.kind === 'ask' ? this.ask(message.name, message.params) : this.act(message);
    work.then(
      (result) => this.post({ kind: 'answer', id: message.id, result }),
      (error) => this.post({ kind: 'refusal', id: message.id, error: toErrorData(error) }),
    );
  }

  private async ask(name: PageRequest | CodePageRequest, params: unknown): Promise<unknown> {
    await this.parts.connections.firstOpened;
    if (name === 'codeGraph') return this.parts.code.ask(requests.codeGraph, params as never);
    // The backend decodes what the page sent.
    return this.parts.backend.request(requests[name] as Request<unknown, unknown>, params);
  }

  private async act({ command, args }: { readonly command: string; readonly args: readonly unknown[] }): Promise<null> {
    await vscode.commands.executeCommand(command, ...args);
    return null;
  }

  private post(message: HostMessage): void {
    void this.panel.webview.postMessage(message);
  }
}

/** Names what was asked for and shows no more of it: a page that breaks its form may send anything. */
const unexpected = (received: unknown): CeleriacError => {
  const asked = [fieldOf(received, 'kind'), fieldOf(received, 'name'), fieldOf(received, 'command')];
  const named = asked.filter((each) => typeof each === 'string').map((each) => each.slice(0, longestName));
  return new CeleriacError(
    'badRequest',
    t('The page sent an invalid message: {0}', named.join(' ') || typeof received),
  );
};

const longestName = 60;

/** Whoever waits for an answer is told that there is none. */
const idIn = (received: unknown): number | null => {
  const id = fieldOf(received, 'id');
  return typeof id === 'number' ? id : null;
};
