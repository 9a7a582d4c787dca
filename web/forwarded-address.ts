/** The address under which a browser elsewhere reaches a forwarded port of this machine. */

/** What is known of that place, if anything is. */
export interface Forwarded {
  /** It ends in a slash. */
  readonly address: URL;
  /** The option or variable that it comes from. */
  readonly by: string;
}

/**
 * The address from the environment of GitHub Codespaces, or of code-server and Coder.
 *
 * @returns undefined if it has none.
 * @throws {TypeError} for one that cannot be.
 */
export function forwardedByEnvironment(
  port: number,
  env: NodeJS.ProcessEnv = process.env,
): Forwarded | undefined {
  // https://docs.github.com/codespaces/developing-in-a-codespace/default-environment-variables-for-your-codespace
  const { CODESPACE_NAME: name, GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN: domain } = env;
  if (name && domain) {
    const by = 'GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN';
    return { by, address: addressOf(by, `https://${name}-${port}.${domain}`) };
  }
  // https://coder.com/docs/code-server/guide, https://coder.com/docs: https://{{port}}--agent--workspace--owner.example
  const by = 'VSCODE_PROXY_URI';
  const template = env[by];
  if (!template) return undefined;
  if (!template.includes('{{port}}'))
    throw new TypeError(`${by} must have {{port}} in it, but is ${JSON.stringify(template)}`);
  return { by, address: addressOf(by, template.replaceAll('{{port}}', String(port))) };
}

/**
 * The address in an option or a variable.
 *
 * @param address A path may follow the name, as in `https://code.example/proxy/8650/`.
 * @throws {TypeError} for anything else.
 */
export function addressOf(by: string, address: string): URL {
  const url = URL.parse(address);
  const isAddress =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    !address.includes('{{') &&
    url.username + url.password + url.search + url.hash === '';
  if (!isAddress) {
    const needed = 'must be an address as https://name.example, with a path if it has one';
    throw new TypeError(`${by} ${needed}, but is ${JSON.stringify(address)}`);
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}
