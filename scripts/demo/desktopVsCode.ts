import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Scene {
  readonly vsix: string;
  readonly workspace: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** A temporary folder, removed at the end. */
  readonly folder: string;
  /** For VS Code itself. */
  readonly env: Readonly<Record<string, string>>;
}

const run = promisify(execFile);

/** The desktop VS Code, where it is on the PATH and there is a screen to show it on. */
export const desktopCode = (): string | null => {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return null;
  const found = spawnSync('code', ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  return found.status === 0 ? 'code' : null;
};

/** Opens a window with settings and extensions of its own, so that the user's VS Code stays as it is. */
export const showInDesktopVsCode = async (
  code: string,
  scene: Scene,
  interrupted: Promise<unknown>,
  say: (sentence: string) => void,
): Promise<void> => {
  const data = join(scene.folder, 'vscode-data');
  const user = join(data, 'User');
  mkdirSync(user, { recursive: true });
  const settings = { 'workbench.startupEditor': 'none', 'security.workspace.trust.enabled': false, ...scene.settings };
  writeFileSync(join(user, 'settings.json'), JSON.stringify(settings, null, 2));
  const own = ['--user-data-dir', data, '--extensions-dir', join(scene.folder, 'vscode-extensions')];
  const shell = process.platform === 'win32';
  say('installing the extension into a VS Code of its own …');
  await run(code, [...own, '--install-extension', scene.vsix], { shell });
  const env = { ...process.env, ...scene.env };
  const window = run(code, [...own, '--new-window', '--wait', scene.workspace], { shell, env });
  say('VS Code opens with the Celery view and the dashboard. Close the window or press Ctrl-C to end the demo.');
  await Promise.race([window, interrupted]);
  window.child.kill();
};
