import * as vscode from 'vscode';
import { CeleriacError } from '../server/api/errors.ts';
import { redact } from './redact.ts';

/** The one place that logs. */
export class Log implements vscode.Disposable {
  readonly channel: vscode.LogOutputChannel;

  constructor() {
    this.channel = vscode.window.createOutputChannel('Celeriac', { log: true });
  }

  info(sentence: string): void {
    this.channel.info(redact(sentence));
  }

  error(sentence: string, cause?: unknown): void {
    const detail = detailOf(cause);
    this.channel.error(redact(detail ? `${sentence} ${detail}` : sentence));
  }

  dispose(): void {
    this.channel.dispose();
  }
}

/** A sentence that was written for people says all there is; only a defect needs its stack. */
const detailOf = (cause: unknown): string => {
  if (cause === undefined) return '';
  if (cause instanceof CeleriacError || !(cause instanceof Error))
    return cause instanceof Error ? cause.message : String(cause);
  return cause.stack ?? cause.message;
};
