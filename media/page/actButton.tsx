import type { ComponentChildren } from 'preact';
import type { Host } from './host.ts';

interface ActButtonProps {
  readonly host: Host;
  readonly command: string;
  readonly args: readonly unknown[];
  readonly isSecondary?: boolean;
  readonly children: ComponentChildren;
}

/** A button for a command; where the host has no such command there is no button. */
export const ActButton = ({ host, command, args, isSecondary = false, children }: ActButtonProps) =>
  host.can(command) ? (
    <button type="button" class={isSecondary ? 'secondary' : ''} onClick={() => void host.act(command, ...args)}>
      {children}
    </button>
  ) : null;
