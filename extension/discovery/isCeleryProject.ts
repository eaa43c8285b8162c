import * as vscode from 'vscode';

/** Where projects usually say that they use Celery; then any of their code. */
const looks: readonly { readonly pattern: string; readonly mostFiles: number }[] = [
  {
    pattern:
      '**/{*celery*.py,settings*.py,requirements*.txt,pyproject.toml,Pipfile,setup.cfg,setup.py,environment.yml,*compose*.yml,*compose*.yaml,.env*}',
    mostFiles: 100,
  },
  { pattern: '**/*.py', mostFiles: 400 },
];
const foreign = '**/{node_modules,site-packages,.venv,venv,.git,.tox,.nox}/**';
const largestBytes = 256 * 1024;

/** Whether the workspace mentions Celery anywhere. Answered without the backend, which most windows then never need. */
export const isCeleryProject = async (): Promise<boolean> => {
  for (const { pattern, mostFiles } of looks) {
    const files = await vscode.workspace.findFiles(pattern, foreign, mostFiles);
    for (const file of files) if (await mentionsCelery(file)) return true;
  }
  return false;
};

const mentionsCelery = async (file: vscode.Uri): Promise<boolean> => {
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > largestBytes) return false;
    return Buffer.from(await vscode.workspace.fs.readFile(file))
      .toString('latin1')
      .toLowerCase()
      .includes('celery');
  } catch {
    return false;
  }
};
