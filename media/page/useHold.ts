import { useState } from 'preact/hooks';

export interface Hold {
  readonly isHeld: boolean;
  /** For the element within which nothing is to move. */
  readonly area: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocusIn: () => void;
    readonly onFocusOut: () => void;
  };
}

/** Whether a live list stands still: while the pointer or the focus is in it, or something in it is selected. */
export const useHold = (isSelected = false): Hold => {
  const [isOver, setOver] = useState(false);
  const [isFocused, setFocused] = useState(false);
  return {
    isHeld: isOver || isFocused || isSelected,
    area: {
      onPointerEnter: () => setOver(true),
      onPointerLeave: () => setOver(false),
      onFocusIn: () => setFocused(true),
      onFocusOut: () => setFocused(false),
    },
  };
};
