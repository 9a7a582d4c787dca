const STORED = 'socketlab-single-keys';

/**
 * Whether keys of one character do something by themselves. Who speaks to a computer, or misses keys, can switch them off
 * (WCAG 2.2, success criterion 2.1.4); the browser remembers it where it may.
 */
export class SingleKeys {
  #isOn = stored() !== 'off';

  get isOn(): boolean {
    return this.#isOn;
  }

  set isOn(isOn: boolean) {
    this.#isOn = isOn;
    try {
      localStorage.setItem(STORED, isOn ? 'on' : 'off');
    } catch {
      // It lasts as long as the page.
    }
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}
