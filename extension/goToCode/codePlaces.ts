import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { FramePlace, TaskDefinition } from '../../server/api/language.ts';
import { requests } from '../../server/api/requests.ts';
import type { Backend } from '../backend.ts';
import { showPick } from '../shown/showPick.ts';
import { showBriefly } from '../shown/statusItem.ts';
import type { FrameTarget } from './frameTarget.ts';
import { localFolders, pathMappings, rememberMapping } from './pathMappings.ts';

/** Opens the workspace's own code. It is searched only in a workspace that is trusted. */
export class CodePlaces {
  private readonly backend: Backend;

  constructor(backend: Backend) {
    this.backend = backend;
  }

  /** False: the frame is not in the workspace, or the user has left. */
  async openFrame(frame: FrameTarget): Promise<'opened' | 'left' | 'notHere'> {
    const params = { folders: foldersToSearch(), mappings: pathMappings(), ...frame };
    const places = await this.backend.request(requests.findFrame, params);
    if (places.length === 0) return 'notHere';
    const place = places.length === 1 ? places[0] : await choosePlace(places, frame);
    if (!place) return 'left';
    if (places.length > 1 && place.mapping) await rememberMapping(place.mapping);
    await showLine(place.file, place.line);
    if (!place.isInFunction) showBriefly(changedWords(frame), 10_000, 'warning');
    return 'opened';
  }

  async openDefinition(taskName: string): Promise<'opened' | 'left' | 'notHere'> {
    const found = await this.backend.request(requests.taskDefinitions, { folders: foldersToSearch(), taskName });
    if (found.length === 0) return 'notHere';
    const place = found.length === 1 ? found[0] : await chooseDefinition(found);
    if (!place) return 'left';
    await showLine(place.file, place.line);
    return 'opened';
  }
}

const foldersToSearch = (): readonly string[] => {
  if (!vscode.workspace.isTrusted)
    throw new CeleriacError(
      'unsupported',
      t(
        'Code is not searched in a workspace that you do not trust. Trust it with "Workspaces: Manage Workspace Trust".',
      ),
    );
  const folders = localFolders();
  if (folders.length > 0) return folders;
  throw new CeleriacError('notFound', t('No folder is open. Open the folder with the code of your tasks.'));
};

const choosePlace = async (places: readonly FramePlace[], frame: FrameTarget): Promise<FramePlace | undefined> => {
  const items = places.map((place) => ({
    label: vscode.workspace.asRelativePath(place.file),
    description: place.isInFunction ? '' : t('line {0} is not in {1} here', frame.line, frame.function),
    place,
  }));
  const title = t('Which file is {0}?', frame.file);
  const placeHolder = t('Your choice is remembered in the setting celeriac.debug.pathMappings');
  return (await showPick(items, { title, placeHolder }))?.place;
};

const chooseDefinition = async (found: readonly TaskDefinition[]): Promise<TaskDefinition | undefined> => {
  const items = found.map((place) => ({
    label: vscode.workspace.asRelativePath(place.file),
    description: t('line {0}', place.line),
    place,
  }));
  const title = t('{0} is written in several places', found[0]?.taskName ?? '');
  return (await showPick(items, { title }))?.place;
};

const changedWords = (frame: FrameTarget): string =>
  t('Line {0} is not in {1} any more: the worker ran another version of this file.', frame.line, frame.function);

const showLine = async (file: string, line: number): Promise<void> => {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const at = document.lineAt(Math.min(line, document.lineCount) - 1);
  const start = new vscode.Position(at.lineNumber, at.firstNonWhitespaceCharacterIndex);
  const editor = await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
  editor.revealRange(at.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
};
