import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load-config.ts';
import { settings } from '../../../src/config/settings.ts';
import { RelayError } from '../../../src/errors/errors.ts';

it('returns a config or throws CONFIG_INVALID for any environment', () => {
  const names = fc.constantFrom(...Object.keys(settings), 'AzureWebJobsStorage');
  const env = fc.dictionary(
    names,
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('1', 'true', 'full')),
  );
  fc.assert(
    fc.property(env, (values) => {
      try {
        loadConfig(values);
      } catch (error) {
        if (!(error instanceof RelayError)) throw error;
        expect(error.code).toBe('CONFIG_INVALID');
        expect(error.problems.length).toBeGreaterThan(0);
      }
    }),
  );
});
