import type { PageAddress } from '../../server/api/page.ts';

interface PageParts {
  readonly address: PageAddress;
  /** What the page's own files may be loaded from. */
  readonly source: string;
  readonly script: string;
  readonly style: string;
  readonly nonce: string;
  readonly language: string;
  /** The translated words, as JSON; null: English. */
  readonly words: string | null;
}

/** The frame of a page: everything in it comes from a file of ours, nothing is written inline. */
export const pageHtml = ({ address, source, script, style, nonce, language, words }: PageParts): string => {
  const policy = [
    "default-src 'none'",
    `style-src ${source}`,
    `font-src ${source}`,
    `img-src ${source} data:`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  const translated = words === null ? '' : ` data-words="${escaped(words)}"`;
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${escaped(style)}">
    <title>Celeriac</title>
  </head>
  <body>
    <div id="page" data-address="${escaped(JSON.stringify(address))}"${translated}></div>
    <script nonce="${escaped(nonce)}" src="${escaped(script)}"></script>
  </body>
</html>
`;
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
