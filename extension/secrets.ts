import type * as vscode from 'vscode';
import type { Placeholder } from './connections/placeholder.ts';
import type { Secrets } from './connections/plainSecrets.ts';

const keyOf = (connection: string): string => `celeriac.connection.${connection}`;

/** The secrets of the connections: in VS Code's secret storage, or, where the user wants to be asked, in memory only. */
export class SecretBook {
  private readonly storage: vscode.SecretStorage;
  private readonly hide: (secret: string) => void;
  private readonly asked = new Map<string, Secrets>();

  /** `hide` is told every secret that goes through, so that the log can leave it out. */
  constructor(storage: vscode.SecretStorage, hide: (secret: string) => void) {
    this.storage = storage;
    this.hide = hide;
  }

  /** Calls back when a secret changed, also in another window. */
  onDidChange(listener: () => void): vscode.Disposable {
    return this.storage.onDidChange(({ key }) => {
      if (key.startsWith(keyOf(''))) listener();
    });
  }

  async of(connection: string): Promise<Secrets> {
    const secrets = { ...(await this.stored(connection)), ...this.asked.get(connection) };
    for (const secret of Object.values(secrets)) this.hide(secret);
    return secrets;
  }

  async store(connection: string, secrets: Secrets): Promise<void> {
    for (const secret of Object.values(secrets)) this.hide(secret);
    if (Object.keys(secrets).length === 0) await this.storage.delete(keyOf(connection));
    else await this.storage.store(keyOf(connection), JSON.stringify(secrets));
  }

  /** Keeps what the user was asked for: for good, or until VS Code ends. */
  async give(connection: string, { source, name }: Placeholder, secret: string): Promise<void> {
    this.hide(secret);
    if (source === 'secret') await this.store(connection, { ...(await this.stored(connection)), [name]: secret });
    else this.asked.set(connection, { ...this.asked.get(connection), [name]: secret });
  }

  async forget(connection: string): Promise<void> {
    this.asked.delete(connection);
    await this.storage.delete(keyOf(connection));
  }

  private async stored(connection: string): Promise<Secrets> {
    const text = await this.storage.get(keyOf(connection));
    return text === undefined ? {} : (JSON.parse(text) as Secrets);
  }
}
