import { renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as vscode from 'vscode';

/** An extension for the tests only: calls the functions they post, with the API of VS Code, and answers what they return. */
export const activate = (context: vscode.ExtensionContext): void => {
  const server = createServer((request, response) => void answer(request, response));
  context.subscriptions.push({ dispose: () => server.close() });
  server.listen(0, '127.0.0.1', () => {
    const file = join(context.extensionPath, 'port');
    writeFileSync(`${file}.new`, String((server.address() as AddressInfo).port));
    renameSync(`${file}.new`, file);
  });
};

const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  try {
    const posted = new Function('vscode', `return (${await text(request)})`);
    response.end(JSON.stringify({ value: (await posted(vscode)) ?? null }));
  } catch (error) {
    response.end(JSON.stringify({ error: error instanceof Error ? error.stack : String(error) }));
  }
};
