/**
 * Loads the page. A browser gives requests up when a network interface of the machine comes or goes, as those of containers do
 * all the time: then all is loaded once more.
 */
const ATTEMPTS = 'socketlab-attempts';
const MAX_ATTEMPTS = 8;
const PAUSE_MS = 250;

import('./main.ts').then(
  () => sessionStorage.removeItem(ATTEMPTS),
  (error: unknown) => {
    const attempts = Number(sessionStorage.getItem(ATTEMPTS) ?? 0) + 1;
    if (attempts > MAX_ATTEMPTS) throw error;
    sessionStorage.setItem(ATTEMPTS, String(attempts));
    setTimeout(() => location.reload(), PAUSE_MS);
  },
);

export {};
