import { config } from '@vscode/l10n';

/** Imported before everything else: other modules have texts that are made when they are loaded. */
const words = document.getElementById('page')?.dataset['words'];
if (words) config({ contents: words });
