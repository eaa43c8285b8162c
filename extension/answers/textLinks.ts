import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { linkTo } from '../commands/run.ts';
import { tracebackFrames } from '../failures/tracebackFrames.ts';
import { existsHere } from '../files/existsHere.ts';

const taskId = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
/** Links further down are not drawn: nobody reads so far, and each costs the editor something. */
const linkLimit = 2_000;

/** The ids of tasks lead to their pages, and steps of tracebacks into the workspace. */
export const linksInText = (document: vscode.TextDocument, clusterId: string): vscode.DocumentLink[] => {
  const text = document.getText();
  const ids = [...text.matchAll(taskId)].slice(0, linkLimit).map((match) => {
    const start = document.positionAt(match.index);
    const range = new vscode.Range(start, start.translate(0, match[0].length));
    return link(range, linkTo('openTask', { clusterId, taskId: match[0] }), t('Open the page of this task'));
  });
  return [...ids, ...frameLinks(text).slice(0, linkLimit), ...pictureLinks(document, text)];
};

/** What objgraph drew (celery/worker/control.py), where its file is on this machine. */
const picture = /(?<=\s)\/\S*\/cobjg\w+\.png\b/g;

const pictureLinks = (document: vscode.TextDocument, text: string): vscode.DocumentLink[] =>
  [...text.matchAll(picture)]
    .filter(([file]) => existsHere(file))
    .map(({ 0: file, index }) => {
      const start = document.positionAt(index);
      const made = new vscode.DocumentLink(
        new vscode.Range(start, start.translate(0, file.length)),
        vscode.Uri.file(file),
      );
      made.tooltip = t('Open the picture');
      return made;
    });

/** Each `File "…", line 12, in charge`. */
export const frameLinks = (text: string): vscode.DocumentLink[] =>
  tracebackFrames(text)
    // Frozen modules and code from strings have no file: `<frozen runpy>`.
    .filter(({ frame }) => !frame.file.startsWith('<'))
    .map(({ row, start, end, frame }) =>
      link(new vscode.Range(row, start, row, end), linkTo('openFrame', frame), t('Open this line in the workspace')),
    );

const link = (range: vscode.Range, target: vscode.Uri, tooltip: string): vscode.DocumentLink => {
  const made = new vscode.DocumentLink(range, target);
  made.tooltip = tooltip;
  return made;
};
