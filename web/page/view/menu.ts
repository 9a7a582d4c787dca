/** How a menu closes: `<details>` open and close by themselves only. */

export function closeWhenLeft({ currentTarget, relatedTarget }: FocusEvent): void {
  const menu = currentTarget as HTMLDetailsElement;
  if (!menu.contains(relatedTarget as Node | null)) menu.open = false;
}

export function closeWhenChosen({ currentTarget, target }: Event): void {
  const isChoice = (target as Element).closest('li') !== null;
  if (isChoice) (currentTarget as HTMLDetailsElement).open = false;
}

export function closeOnEscape({ currentTarget, key }: KeyboardEvent): void {
  if (key === 'Escape') (currentTarget as HTMLDetailsElement).open = false;
}
