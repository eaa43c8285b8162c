import { Icon } from '../../page/icon.tsx';
import type { Notice } from '../notice.ts';

interface NoticeBarProps {
  readonly notice: Notice;
  readonly can: (command: string) => boolean;
  readonly onAct: (command: string) => void;
}

/** Why the page is empty, old or broken. */
export const NoticeBar = ({ notice, can, onAct }: NoticeBarProps) => {
  const { action } = notice;
  return (
    <output class={`notice ${notice.severity}`}>
      <Icon name={notice.severity} /> <strong>{notice.title}</strong> {notice.text}{' '}
      {action && can(action.command) && (
        <button type="button" class="secondary" onClick={() => onAct(action.command)}>
          {action.label}
        </button>
      )}
    </output>
  );
};
