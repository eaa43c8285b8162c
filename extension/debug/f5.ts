import * as v from 'valibot';
import * as vscode from 'vscode';

/** The extension that knows debugpy best: where it is installed, sessions are its own. */
export const debugpyExtension = 'ms-python.debugpy';

/** While it is set, VS Code does not know our debug type (package.json: `debuggers`). */
const key = 'celeriac.leavesF5';

const launch = v.object({ configurations: v.array(v.looseObject({ type: v.string() })) });

/**
 * F5 in a Python file asks which debugger is meant where there are two. Beside the one of Python, ours is offered only
 * where Celery is at work: in a launch configuration, in a file that is open, in a session that we begin.
 */
export const startLeavingF5 = (type: string): vscode.Disposable => {
  const isNamed = (): boolean => {
    const folders = vscode.workspace.workspaceFolders ?? [undefined];
    return folders.some((folder) => names(vscode.workspace.getConfiguration(undefined, folder).get('launch'), type));
  };
  if (vscode.extensions.getExtension(debugpyExtension) && !isNamed()) void setLeaving(true);
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('launch') && isNamed()) void offerF5();
  });
};

/** From now on, until the window closes. */
export const offerF5 = (): Promise<void> => setLeaving(false);

const names = (settings: unknown, type: string): boolean => {
  const read = v.safeParse(launch, settings);
  return read.success && read.output.configurations.some((each) => each.type === type);
};

const setLeaving = async (leaves: boolean): Promise<void> => {
  await vscode.commands.executeCommand('setContext', key, leaves);
};
