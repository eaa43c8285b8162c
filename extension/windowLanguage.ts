import { config } from '@vscode/l10n';
import * as vscode from 'vscode';

/** From now on texts are in the language of the window, where there is a translation. */
export const speakWindowLanguage = (): void => {
  const { uri } = vscode.l10n;
  if (uri) config({ fsPath: uri.fsPath });
};
