import { t } from '@vscode/l10n';
import { orCancelled } from '../pick/orCancelled.ts';
import type { SecretBook } from '../secrets.ts';
import { showInput } from '../shown/inputs.ts';
import type { Placeholder } from './placeholder.ts';

/** Asks for each secret that a connection lacks, and stores it where the connection names it. */
export const askSecrets = async (
  connection: string,
  missing: readonly Placeholder[],
  secrets: SecretBook,
): Promise<void> => {
  const wanted = new Map(missing.filter(({ source }) => source !== 'env').map((each) => [each.name, each]));
  for (const place of wanted.values()) {
    const secret = await showInput({
      title: t('Password for {0}', connection),
      prompt: secretPrompt(place),
      password: true,
      ignoreFocusOut: true,
    });
    await secrets.give(connection, place, orCancelled(secret));
  }
};

/** What a secret is for, from the name of the place where it stands. */
const secretPrompt = ({ source, name }: Placeholder): string => {
  const what = purposeOf(name);
  return source === 'ask'
    ? t('{0}, kept in memory until VS Code ends', what)
    : t("{0}, stored in VS Code's secret storage", what);
};

const purposeOf = (name: string): string => {
  if (name.startsWith('resultBackend')) return t('Password of the result backend');
  if (name.includes('sentinel')) return t('Password of the sentinels');
  if (name.includes('management')) return t('Password of the management API');
  return /^url(\.\d+)?$/.test(name) ? t('Password of the broker') : t('Secret {0}', name);
};
