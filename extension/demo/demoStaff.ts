import { join } from 'node:path';

interface DemoFolders {
  readonly messages: string;
  readonly control: string;
}

/** The folders that the shop makes below the one it is given (demo/shop/settings.py). */
const demoFolders = (folder: string): DemoFolders => ({
  messages: join(folder, 'messages'),
  control: join(folder, 'control'),
});

/** The entry of the settings with which the demo's cluster is seen. */
export const demoSetting = (name: string, folder: string) => {
  const { messages, control } = demoFolders(folder);
  return {
    name,
    url: 'filesystem://',
    environment: 'dev',
    // As demo/shop/settings.py writes it.
    resultBackend: `file://${join(folder, 'results')}`,
    transportOptions: {
      data_folder_in: messages,
      data_folder_out: messages,
      control_folder: control,
      processed_folder: join(folder, 'processed'),
    },
  };
};

export const demoFolderPrefix = 'celeriac-demo-';

/** The folder of the demo that an entry of the settings belongs to; null: it is the user's own. */
export const demoFolderOf = (setting: {
  readonly url?: unknown;
  readonly transportOptions?: unknown;
}): string | null => {
  const options = setting.transportOptions;
  if (setting.url !== 'filesystem://' || typeof options !== 'object' || options === null) return null;
  const messages = 'data_folder_in' in options ? String(options.data_folder_in) : '';
  const folder = messages.replace(/[\\/]messages$/, '');
  return folder !== messages && (folder.split(/[\\/]/).at(-1) ?? '').startsWith(demoFolderPrefix) ? folder : null;
};

/** What to run: two workers as a small company would split them, beat, and customers. Windows cannot fork. */
export const demoStaff = (
  platform: NodeJS.Platform,
): readonly { readonly name: string; readonly args: readonly string[] }[] => {
  const pool = platform === 'win32' ? ['--pool', 'threads'] : [];
  const worker = (name: string, queues: string, concurrency: number) => ({
    name,
    args: ['worker', '-n', name, '-Q', queues, '-c', String(concurrency), '--loglevel', 'WARNING', ...pool],
  });
  return [
    worker('orders@shop', 'default,priority', 2),
    worker('emails@shop', 'emails', 1),
    { name: 'beat', args: ['beat', '--schedule', 'beat-schedule', '--loglevel', 'WARNING'] },
    { name: 'customers', args: ['traffic', '--rate', '1.5', '--most-waiting', '8', '--incidents'] },
  ];
};
