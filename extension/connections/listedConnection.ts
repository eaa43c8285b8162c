import type { ConnectionSetting } from './resolveConnection.ts';

/** An entry of the settings, or of the file that a start script names, that belongs into this window. */
export interface ListedConnection {
  readonly name: string;
  readonly setting: ConnectionSetting;
  /** Its place in the list it comes from. */
  readonly index: number;
  /** Null: the settings, which can be edited here. */
  readonly file: string | null;
}
