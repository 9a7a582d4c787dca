/**
 * Recognises a host's health check by the arguments of a process. A shell may have been replaced by the first command of its line
 * by then.
 *
 * @param test as the engine keeps it ("Healthcheck" of ContainerCreate, https://docs.docker.com/reference/api/engine/):
 *   `['CMD', 'node', 'health.js']`, `['CMD-SHELL', 'curl --fail localhost || exit 1']`; empty if there is none
 */
export function healthCheck([kind, ...test]: readonly string[]) {
  const line = test.join(' ');
  const [first = ''] = kind === 'CMD-SHELL' ? line.split(/\s*(?:[;|&]|$)/) : [];
  return (command: readonly string[]): boolean => {
    const words = command.join(' ');
    if (line === '' || words === '') return false;
    return (
      words === line || words === first || (kind === 'CMD-SHELL' && words.endsWith(` ${line}`))
    );
  };
}
