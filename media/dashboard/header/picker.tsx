import { t } from '@vscode/l10n';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../page/icon.tsx';
import { choicesOf } from './choices.ts';

interface PickerProps {
  readonly id: string;
  readonly label: string;
  readonly chosen: readonly string[];
  readonly namesOf: () => Promise<readonly string[]>;
  /** Null: everything. */
  readonly onPick: (name: string | null) => void;
}

/** A button that opens a list to type in: names, or a pattern with `*`. What is chosen is taken away by choosing it again. */
export const Picker = ({ id, label, chosen, namesOf, onPick }: PickerProps) => {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (pick?: string | null): void => {
    setOpen(false);
    button.current?.focus();
    if (pick !== undefined) onPick(pick);
  };
  return (
    <span class="picker">
      <button
        type="button"
        ref={button}
        class={chosen.length === 0 ? 'secondary' : 'secondary chosen'}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {chosen.length === 0 ? label : t('{0} ({1})', label, chosen.length)} <Icon name="down" />
      </button>
      {isOpen && <Choices id={id} label={label} chosen={chosen} namesOf={namesOf} onClose={close} />}
    </span>
  );
};

interface ChoicesProps extends Omit<PickerProps, 'onPick'> {
  readonly onClose: (pick?: string | null) => void;
}

const Choices = ({ id, label, chosen, namesOf, onClose }: ChoicesProps) => {
  const [names, setNames] = useState<readonly string[] | null>(null);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    namesOf().then(setNames, () => setNames([]));
  }, []);
  const choices = choicesOf(names ?? [], typed, chosen);
  const at = Math.min(active, choices.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    const by = moves[event.key];
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' && choices[at]) onClose(choices[at].name);
    else if (by !== undefined) setActive(Math.max(0, Math.min(choices.length - 1, at + by)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onBlur = ({ relatedTarget, currentTarget }: FocusEvent): void => {
    const isInside =
      currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
    if (!isInside) onClose();
  };
  return (
    <div class="popup" onFocusOut={onBlur}>
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={t('Filter by {0}: type a name or a pattern with *', label)}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={choices[at] ? `${id}-${at}` : undefined}
        placeholder={t('Name or pattern, such as orders.*')}
        value={typed}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label={label}>
        {choices.map((choice, index) => (
          <div
            key={choice.name ?? ''}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onMouseDown={(event) => {
              event.preventDefault();
              onClose(choice.name);
            }}
          >
            {choice.isChosen && <span class="spoken">{t('selected:')}</span>}
            {choice.isChosen ? `✓ ${choice.label}` : choice.label}
          </div>
        ))}
        {names !== null && choices.length === 0 && <p class="empty">{t('No matches.')}</p>}
      </div>
    </div>
  );
};
