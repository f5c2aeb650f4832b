import { describe, expect, it } from 'vitest';
import { checkNodeVersion } from '../../../src/local/check-node-version.ts';

describe('checkNodeVersion', () => {
  it.each(['22.18.0', '22.20.1', '24.0.0', '100.1.0'])('accepts Node %s', (version) => {
    expect(checkNodeVersion(version)).toBeUndefined();
  });

  it.each(['22.17.9', '20.20.2', '9.0.0', ''])(
    'rejects "%s" and says how to start with a newer Node',
    (version) => {
      expect(checkNodeVersion(version)).toBe(
        `Node ${version} is too old: the local stack needs Node 22.18 or newer. Start it with "npm start", which brings its own Node.`,
      );
    },
  );
});
