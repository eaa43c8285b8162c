import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Takes in traces and figures, and remembers what of them is no JSON. */
export const otlpReceiver = async () => {
  const unreadable: string[] = [];
  let posts = 0;
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      posts++;
      const text = Buffer.concat(chunks).toString('utf8');
      try {
        JSON.parse(text);
      } catch {
        unreadable.push(text.slice(0, 200));
      }
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    unreadable,
    posts: () => posts,
    close: (): Promise<void> => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};
