import * as vscode from 'vscode';

export const productionScheme = 'celeriac-production';

/** What stands for a row of production: VS Code colours the label of a row by the address that it stands for. */
export const productionUri = (id: string): vscode.Uri => vscode.Uri.from({ scheme: productionScheme, path: `/${id}` });

/** Gives the labels of production a colour of their own, which no state has. */
export const productionColor: vscode.FileDecorationProvider = {
  provideFileDecoration: ({ scheme }) =>
    scheme === productionScheme
      ? new vscode.FileDecoration(undefined, undefined, new vscode.ThemeColor('charts.purple'))
      : undefined,
};
