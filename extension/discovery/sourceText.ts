import { t } from '@vscode/l10n';
import type { BrokerSource } from '../../server/api/discovery.ts';

/** Where a broker is named, as it stands in the settings of the connection: "/app/.env:3 (CELERY_BROKER_URL)". */
export const sourceText = ({ file, line, what }: BrokerSource): string =>
  `${file === null ? t('environment of VS Code') : `${file}:${line}`} (${what})`;
