import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { t } from '@vscode/l10n';
import type { TlsOptions } from '../../../server/api/model.ts';
import type { Asker, Choice } from './asker.ts';
import { schemeOf } from './draft.ts';
import type { Field } from './field.ts';

type Trust = 'system' | 'ca' | 'client' | 'unchecked';

/** For URLs with TLS, and where certificates are named already. */
export const tlsField = (): Field => ({
  id: 'tls',
  label: t('Certificates (TLS)'),
  applies: (draft) => /^(amqps|rediss)$/.test(schemeOf(draft)) || draft.tls !== null,
  describe: ({ tls }) => choices().find(({ value }) => value === trustOf(tls))?.label ?? '',
  isTested: true,
  change: async (draft, asker, title) => {
    const placeholder = t('Select how the certificate of the broker is checked');
    const trust = await asker.choose({ title, placeholder, choices: choices(), current: trustOf(draft.tls) });
    const tls = trust && (await files(trust.value, draft.tls ?? {}, asker, title));
    return tls === undefined ? undefined : { ...draft, tls };
  },
});

const choices = (): Choice<Trust>[] => [
  { label: t('Trusted by This Computer'), value: 'system' },
  { label: t('Own CA…'), detail: t('Needs the file of the CA (PEM).'), value: 'ca' },
  {
    label: t('Own CA and Client Certificate…'),
    detail: t('Needs the files of the CA, the client certificate and its key (PEM).'),
    value: 'client',
  },
  {
    label: t('Do Not Verify'),
    detail: t('Insecure: anyone on the network path can read the password.'),
    value: 'unchecked',
  },
];

const trustOf = (tls: TlsOptions | null): Trust => {
  if (tls?.verify === false) return 'unchecked';
  if (tls?.certFile) return 'client';
  return tls?.caFile ? 'ca' : 'system';
};

/** Undefined: Escape was pressed. */
const files = async (
  trust: Trust,
  now: TlsOptions,
  asker: Asker,
  title: string,
): Promise<TlsOptions | null | undefined> => {
  if (trust === 'system') return null;
  if (trust === 'unchecked') return { ...now, verify: false };
  const ask = (prompt: string, value: string | undefined): Promise<string | undefined> =>
    asker.text({ title, prompt, value: value ?? '', problemOf });
  const ca = await ask(t('File of the certificate authority (PEM)'), now.caFile);
  if (ca === undefined) return undefined;
  if (trust === 'ca') return { caFile: fromHome(ca) };
  const cert = await ask(t('File of the client certificate (PEM)'), now.certFile);
  if (cert === undefined) return undefined;
  const key = await ask(t("File of the client certificate's key (PEM)"), now.keyFile);
  if (key === undefined) return undefined;
  return { caFile: fromHome(ca), certFile: fromHome(cert), keyFile: fromHome(key) };
};

const problemOf = (text: string): string | null => {
  const file = fromHome(text);
  if (!isAbsolute(file)) return t('Enter an absolute path.');
  return existsSync(file) ? null : t('The file {0} does not exist.', file);
};

const fromHome = (text: string): string => {
  const file = text.trim();
  return file.startsWith('~/') ? join(homedir(), file.slice(1)) : file;
};
