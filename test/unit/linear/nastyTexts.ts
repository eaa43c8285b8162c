/** What readers of foreign texts look for, begun and never finished. */
const units: readonly string[] = [
  ...['a', ' ', '\n', '0', '\\', "'", '"', '(', '[{', '<', ')', '=', ':', '-', '_', '.', '/', '@', ';', ',', '\u2028'],
  ...['a=', '://', 'a://a:', 'a://a:@', '?a=', '&token=', '${', '${A:-', '$A', '%', '#', ' #', 'a #'],
  ...["'a':", "'password': ", "'password': '", 'password=', "\\'", '\\"', '\\\\"', '"a":"', '""', "'a", '"a\\"'],
  ...[
    '--a',
    '--token ',
    "'--token', '",
    '-----BEGIN ',
    'eyJ.',
    'eyJaaaaaaaaaa.',
    'AKIA',
    'sk-',
    'Bearer ',
    'x-token: ',
  ],
  ...['1.', '1,', 'a b', 'a,', '[a]\n', 'a = 1\n', 'A="\n', "A='", 'export ', '- a\n', 'a:\n', '/a', '*a', 'telnet '],
  ...['&a ', '? ', '!t ', '- ', '{a: ', '|\n', '---\n', 'celery ', ' worker ', ' -B', '-A '],
  ...[
    '  File "',
    '  File "a", line 1, in ',
    '    a\n',
    'Error: ',
    'Traceback (most recent call last):\n',
    '\r',
    '\x1b[',
    '\x1e',
  ],
  ...['with message "', '(Pdb) ', '> a\n', '\u0301 ', '\u{1f600}', '\ud800'],
];

/** Each of them again and again, alone, and behind what a reader goes on from. */
export const nastyTexts: readonly { readonly name: string; readonly text: (length: number) => string }[] =
  units.flatMap((unit) =>
    ['', "{'password': '"].map((before) => ({
      name: JSON.stringify(`${before}${unit.repeat(3)}…`),
      text: (length: number) => `${before}${unit.repeat(Math.ceil(length / unit.length))}\0 \0`,
    })),
  );
