/**
 * Loads the page. A browser gives requests up when a network interface of the machine comes or goes, as those of containers do
 * all the time: then all is loaded once more.
 */
const ATTEMPTS = 'socketlab-attempts';
const MAX_ATTEMPTS = 8;
const PAUSE_MS = 250;

const sheets = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
// A module is run when all of them have come, or failed.
const loading = sheets.every(hasCome)
  ? import('./main.ts')
  : Promise.reject(new Error('a style is missing'));

loading.then(
  () => sessionStorage.removeItem(ATTEMPTS),
  (error: unknown) => {
    const attempts = Number(sessionStorage.getItem(ATTEMPTS) ?? 0) + 1;
    if (attempts > MAX_ATTEMPTS) throw error;
    sessionStorage.setItem(ATTEMPTS, String(attempts));
    setTimeout(() => location.reload(), PAUSE_MS);
  },
);

/** Of one that failed nothing can be read. */
function hasCome({ sheet }: HTMLLinkElement): boolean {
  try {
    return sheet !== null && sheet.cssRules.length > 0;
  } catch {
    return false;
  }
}

export {};
