import * as vscode from 'vscode';
import { CeleriacError } from '../server/api/errors.ts';
import { redact } from '../server/api/redact.ts';
import { affectsSetting, setting } from './setting.ts';

/** The one place that logs. */
export class Log implements vscode.Disposable {
  readonly channel: vscode.LogOutputChannel;

  private readonly secrets = new Set<string>();
  private readonly traceChanged = new vscode.EventEmitter<vscode.LogLevel>();
  private readonly listeners: vscode.Disposable[];

  constructor() {
    this.channel = vscode.window.createOutputChannel('Celeriac', { log: true });
    this.listeners = [
      this.channel,
      this.traceChanged,
      this.channel.onDidChangeLogLevel(() => this.traceChanged.fire(this.traceLevel)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affectsSetting(event, 'trace.server')) this.traceChanged.fire(this.traceLevel);
      }),
    ];
  }

  /** From now on this text is left out of the log, in whatever it stands. */
  hide(secret: string): void {
    this.secrets.add(secret);
  }

  info(sentence: string): void {
    this.channel.info(this.clean(sentence));
  }

  error(sentence: string, cause?: unknown): void {
    const detail = detailOf(cause);
    this.channel.error(this.clean(detail ? `${sentence} ${detail}` : sentence));
  }

  /**
   * The channel for those who write into it by themselves, such as the language client with its traces. The client traces
   * at the level Trace only; here it does whenever the setting says so, and can be read at the usual level.
   */
  get cleanChannel(): vscode.LogOutputChannel {
    const { channel } = this;
    const clean = (argument: unknown): unknown => (typeof argument === 'string' ? this.clean(argument) : argument);
    const get = (_: object, name: string): unknown => {
      if (name === 'onDidChangeLogLevel') return this.traceChanged.event;
      if (name === 'logLevel') return this.traceLevel;
      const value: unknown = Reflect.get(channel, name === 'trace' && tracesServer() ? 'info' : name);
      return typeof value === 'function'
        ? (...args: unknown[]) => Reflect.apply(value, channel, args.map(clean))
        : value;
    };
    return new Proxy({}, { get }) as vscode.LogOutputChannel;
  }

  /** The text as it may be logged. */
  clean(text: string): string {
    return redact(text, this.secrets);
  }

  dispose(): void {
    for (const each of this.listeners) each.dispose();
  }

  private get traceLevel(): vscode.LogLevel {
    return tracesServer() ? vscode.LogLevel.Trace : this.channel.logLevel;
  }
}

const tracesServer = (): boolean => setting('trace.server') !== 'off';

/** A sentence that was written for people says all there is; only a defect needs its stack. */
const detailOf = (cause: unknown): string => {
  if (cause === undefined) return '';
  if (cause instanceof CeleriacError || !(cause instanceof Error))
    return cause instanceof Error ? cause.message : String(cause);
  return cause.stack ?? cause.message;
};
