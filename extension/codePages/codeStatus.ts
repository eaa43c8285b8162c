import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CodeSummary } from '../../server/api/codePages.ts';
import { count } from '../../server/api/figures.ts';
import type { CeleryApp } from '../../server/api/language.ts';
import { requests } from '../../server/api/requests.ts';
import { run } from '../commands/run.ts';
import { commandId } from '../commands/table.ts';
import { startable } from '../debug/launch/appChoice.ts';
import { localFolders } from '../goToCode/pathMappings.ts';
import type { Parts } from '../parts.ts';
import { LanguageStatus } from '../shown/languageStatus.ts';
import type { PickItem } from '../shown/pickItem.ts';
import { showPick } from '../shown/showPick.ts';
import { meantApp, rememberApp } from './meantApp.ts';

const pauseMs = 1_000;

/** Says in the status of Python which app is meant, how many tasks the code has, and what of it was not read. */
export class CodeStatus implements vscode.Disposable {
  private readonly parts: Parts;
  private readonly listeners: { dispose(): void }[] = [];
  private item: LanguageStatus | null = null;
  private timer: NodeJS.Timeout | undefined;
  private summary: CodeSummary | null = null;
  private apps: readonly CeleryApp[] = [];

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Nothing is read before somebody looks at code that has to do with Celery. */
  start(): void {
    const { active, code, mirror } = this.parts;
    const look = (document: vscode.TextDocument | undefined): void => {
      if (document?.languageId === 'python' && code.concerns(document)) this.readSoon();
    };
    this.listeners.push(
      vscode.window.onDidChangeActiveTextEditor((editor) => look(editor?.document)),
      code.onDidChange(() => this.item && this.readSoon()),
      active.onDidChange(() => this.show()),
      mirror.onDidChange(({ changes }) => {
        if (changes === null || changes.some(({ kind }) => kind === 'link')) this.show();
      }),
    );
    for (const document of vscode.workspace.textDocuments) look(document);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const listener of this.listeners.splice(0).reverse()) listener.dispose();
    this.item?.dispose();
  }

  /** The apps to choose from, what was not read, and what can be done. */
  async choose(): Promise<void> {
    await this.read();
    const { context } = this.parts;
    const meant = this.meant();
    const apps = this.apps.map((app): Row => {
      const { target, file, line } = app;
      const description = `${vscode.workspace.asRelativePath(file)}:${line}`;
      return {
        label: target,
        icon: app === meant ? 'check' : 'symbol-class',
        description,
        act: () => rememberApp(app, context.workspaceState),
      };
    });
    const { leftOut = [], ignored = 0 } = this.summary ?? {};
    const skipped = leftOut.map((label): Row => ({ label, icon: 'warning', act: async () => undefined }));
    const rows: readonly Row[] = [
      ...apps,
      { label: t('Open Workflow Graph'), icon: 'type-hierarchy', act: () => run('openWorkflow') },
      ...skipped,
      ...(ignored === 0 ? [] : [{ label: ignoredWords(ignored), icon: 'info', act: async () => undefined }]),
    ];
    const placeHolder =
      this.apps.length > 1 ? t('Select the Celery app that Debug Worker starts') : t('Celery code of this workspace');
    const picked = await showPick(rows, { title: this.text(), placeHolder, matchOnDescription: true });
    await picked?.act();
    this.show();
  }

  private readSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.read().catch((error: unknown) =>
        this.parts.log.error('The code of the workspace could not be read.', error),
      );
    }, pauseMs);
  }

  private async read(): Promise<void> {
    const { backend, code } = this.parts;
    const [summary, apps] = await Promise.all([
      code.ask(requests.codeSummary, {}),
      backend.request(requests.celeryApps, { folders: localFolders() }),
    ]);
    this.summary = summary;
    this.apps = startable(apps);
    this.show();
  }

  private meant(): CeleryApp | undefined {
    return meantApp(this.apps, this.parts.context.workspaceState) ?? this.apps[0];
  }

  private show(): void {
    if (this.summary === null) return;
    const command = { title: t('Details'), command: commandId('showCodeStatus') };
    this.item ??= new LanguageStatus('celeriac.code', t('Celery code'), command);
    const { leftOut } = this.summary;
    const [first] = leftOut;
    const detail = first === undefined ? this.detail() : leftOutWords(leftOut.length, first);
    this.item.show({ text: this.text(), detail, isWarning: first !== undefined });
  }

  private text(): string {
    const tasks = this.summary?.tasks ?? 0;
    return tasks === 1 ? t('1 Celery task') : t('{0} Celery tasks', count(tasks));
  }

  private detail(): string {
    const app = this.meant()?.target ?? t('no app');
    const others = this.apps.length > 1 ? ` ${t('(1 of {0} apps)', this.apps.length)}` : '';
    const connection = this.parts.active.snapshot;
    const where = connection?.link.kind === 'live' ? connection.name : t('not connected');
    return `${app}${others} · ${where}`;
  }
}

type Row = PickItem & { readonly act: () => PromiseLike<unknown> };

const leftOutWords = (files: number, first: string): string =>
  files === 1 ? first : t('{0} ({1} more)', first, count(files - 1));

const ignoredWords = (ignored: number): string =>
  ignored === 1
    ? t('1 file or folder is ignored by git')
    : t('{0} files and folders are ignored by git', count(ignored));
