/**
 * Loads the page. A browser gives requests up when a network interface of the machine comes or goes, as those of containers do
 * all the time: then a style is asked for once more, and where a module is missing all is loaded anew.
 */
const ATTEMPTS = 'socketlab-attempts';
const MAX_ATTEMPTS = 8;
const PAUSE_MS = 250;

try {
  // A module is run when all of them have come, or failed.
  await Promise.all(
    [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].map(complete),
  );
  await import('./main.ts');
  sessionStorage.removeItem(ATTEMPTS);
} catch (error) {
  const attempts = Number(sessionStorage.getItem(ATTEMPTS) ?? 0) + 1;
  if (attempts > MAX_ATTEMPTS) throw error;
  sessionStorage.setItem(ATTEMPTS, String(attempts));
  await reload();
}

/** Asks for a style until it has come. */
async function complete(first: HTMLLinkElement): Promise<void> {
  let link = first;
  for (let attempts = 1; !hasCome(link); attempts += 1) {
    if (attempts > MAX_ATTEMPTS) throw new Error(`Cannot load ${link.href}`);
    await pause();
    link = await again(link);
  }
}

function again(link: HTMLLinkElement): Promise<HTMLLinkElement> {
  const next = link.cloneNode() as HTMLLinkElement;
  return new Promise((resolve) => {
    next.onload = next.onerror = () => resolve(next);
    link.replaceWith(next);
  });
}

/** Of one that failed nothing can be read. */
function hasCome({ sheet }: HTMLLinkElement): boolean {
  try {
    return sheet !== null && sheet.cssRules.length > 0;
  } catch {
    return false;
  }
}

/** When the server can be reached: a page that cannot be loaded anew is gone. */
async function reload(): Promise<void> {
  for (;;) {
    await pause();
    const isThere = await fetch(location.href).then(
      () => true,
      () => false,
    );
    if (isThere) return location.reload();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}

export {};
