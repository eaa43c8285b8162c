import * as vscode from 'vscode';
import type { CodeDrift } from '../../server/api/codePages.ts';
import { requests } from '../../server/api/requests.ts';
import { asRange } from '../codeProblems/problemFixes.ts';
import type { Parts } from '../parts.ts';
import { diagnostic } from '../shown/diagnostic.ts';

/** Workers are asked that seldom: what they run changes with a deployment. */
const everyMs = 60_000;
const firstMs = 3_000;

/** Compares the code with the workers of the active connection, from the first look at code of Celery on. */
export class DriftWatch implements vscode.Disposable {
  private readonly parts: Parts;
  private readonly shown = vscode.languages.createDiagnosticCollection('celeriac-drift');
  private readonly listeners: { dispose(): void }[] = [this.shown];
  private timer: NodeJS.Timeout | undefined;
  private isWanted = false;
  private known = '';

  constructor(parts: Parts) {
    this.parts = parts;
  }

  start(): void {
    const { active, code, drift, mirror } = this.parts;
    const look = (document: vscode.TextDocument | undefined): void => {
      if (this.isWanted || document?.languageId !== 'python' || !code.concerns(document)) return;
      this.isWanted = true;
      this.askIn(firstMs);
    };
    const again = (): void => {
      if (this.isWanted) this.askIn(firstMs);
    };
    this.listeners.push(
      vscode.window.onDidChangeActiveTextEditor((editor) => look(editor?.document)),
      code.onDidChange(again),
      active.onDidChange(again),
      mirror.onDidChange(({ changes }) => {
        if (changes === null || changes.some(({ kind }) => kind === 'link' || kind === 'worker')) this.noteWorkers();
      }),
      drift.onDidChange(() => this.show()),
    );
    for (const document of vscode.workspace.textDocuments) look(document);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const listener of this.listeners.splice(0).reverse()) listener.dispose();
  }

  /** Heartbeats change workers every second; only who is there, and since when, matters. */
  private noteWorkers(): void {
    const { snapshot } = this.parts.active;
    const workers = Object.values(snapshot?.workers ?? {}).map(({ hostname, status, pid }) => [hostname, status, pid]);
    const known = JSON.stringify([snapshot?.link.kind, workers]);
    if (known === this.known) return;
    this.known = known;
    if (this.isWanted) this.askIn(firstMs);
  }

  private askIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), ms);
  }

  private async ask(): Promise<void> {
    const { active, code, drift, log } = this.parts;
    const { snapshot } = active;
    try {
      if (snapshot?.link.kind === 'live' && vscode.window.state.focused) {
        const { clusterId } = snapshot;
        drift.keep(clusterId, await code.ask(requests.codeDrift, { clusterId }));
      }
    } catch (error) {
      log.error('The code could not be compared with the workers.', error);
    } finally {
      this.askIn(everyMs);
    }
  }

  private show(): void {
    const placed = this.parts.drift.all.flatMap(([clusterId, drift]) =>
      drift.flatMap((each) => (each.place ? [{ ...each, place: each.place, clusterId }] : [])),
    );
    this.shown.clear();
    for (const [file, own] of Map.groupBy(placed, ({ place }) => place.file))
      this.shown.set(
        vscode.Uri.file(file),
        own.map(({ clusterId, ...each }) => problemOf(each, this.nameOf(clusterId))),
      );
  }

  private nameOf(clusterId: string): string {
    return this.parts.mirror.snapshots.get(clusterId)?.name ?? clusterId;
  }
}

const problemOf = ({ kind, sentence, recommendation, page, place }: CodeDrift, cluster: string): vscode.Diagnostic =>
  diagnostic({
    range: asRange(place?.range ?? { startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 }),
    message: `${sentence} ${recommendation} (${cluster})`,
    severity: 'info',
    rule: kind,
    page,
  });
