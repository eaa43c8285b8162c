import * as vscode from 'vscode';

/** `scheme://user:password@` with the password out. */
const password = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@]*@/gi;

export const redact = (text: string): string => text.replace(password, '$1:***@');

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
    const detail = cause instanceof Error ? (cause.stack ?? cause.message) : cause === undefined ? '' : String(cause);
    this.channel.error(redact(detail ? `${sentence}\n${detail}` : sentence));
  }

  dispose(): void {
    this.channel.dispose();
  }
}
