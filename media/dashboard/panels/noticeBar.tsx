import { Icon } from '../icon.tsx';
import type { Notice } from '../notice.ts';

/** Why the page is empty, old or broken. */
export const NoticeBar = ({ notice }: { readonly notice: Notice }) => (
  <output class={`notice ${notice.severity}`}>
    <Icon name={notice.severity} /> <strong>{notice.title}</strong> {notice.text}
  </output>
);
