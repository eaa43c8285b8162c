import { config, t } from '@vscode/l10n';
import * as v from 'valibot';
import { messageOf } from '../../api/errors.ts';

/** What the extension says when it starts the backend: where the texts of the window's language lie. */
const options = v.object({ textsFile: v.optional(v.string()) });

/** The language of the window that the backend works for. */
export class WindowLanguage {
  private readonly warn: (sentence: string) => void;
  /** From English; null: the window is in English. */
  translate: ((english: string) => string) | null = null;

  constructor(warn: (sentence: string) => void) {
    this.warn = warn;
  }

  read(given: unknown): void {
    const { success, output } = v.safeParse(options, given);
    if (!success || output.textsFile === undefined) return;
    try {
      config({ fsPath: output.textsFile });
      this.translate = (english) => t(english);
    } catch (error) {
      this.warn(`The texts of the window's language cannot be read: ${messageOf(error)}`);
    }
  }
}
