/** Why this Node cannot run the local stack, as one sentence, or undefined when it can. `version` is like `24.1.0`. */
export function checkNodeVersion(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return undefined;
  return `Node ${version} is too old: the local stack needs Node 22.18 or newer. Start it with "npm start", which brings its own Node.`;
}
