import './speakWindowLanguage.ts';

import { render } from 'preact';
import type { HostMessage, PageAddress, PageMessage } from '../../server/api/page.ts';
import { messageHost } from './messageHost.ts';
import { Page } from './page.tsx';

declare const acquireVsCodeApi: () => {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(value: unknown): void;
};

const root = document.getElementById('page');
if (root?.dataset['address']) {
  const api = acquireVsCodeApi();
  const address: PageAddress = JSON.parse(root.dataset['address']);
  const host = messageHost(
    {
      post: (message) => api.postMessage(message),
      listen: (listener) => window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => listener(data)),
      load: () => api.getState(),
      save: (value) => api.setState(value),
    },
    address,
  );
  render(<Page host={host} address={address} />, root);
}
