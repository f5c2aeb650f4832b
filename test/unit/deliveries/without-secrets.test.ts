import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../../src/deliveries/call-secrets.ts';

describe('withoutSecrets', () => {
  it('drops the secrets of a call, wherever they stand and however they are written', () => {
    const event = {
      id: 'e1',
      data: {
        incomingCallContext: 'S3CRET',
        correlationId: 'c1',
        nested: [
          { IncomingCallContext: 'S3CRET', cp: { deep: 'S3CRET' } },
          { SHRTOKEN: ['S3CRET'], kept: 1 },
        ],
      },
    };
    expect(withoutSecrets(event)).toEqual({
      id: 'e1',
      data: { correlationId: 'c1', nested: [{}, { kept: 1 }] },
    });
  });

  it('empties them in JSON text within the event', () => {
    expect(withoutSecrets({ data: '{"incomingCallContext":"S3CRET","a":1}' })).toEqual({
      data: '{"incomingCallContext":"","a":1}',
    });
  });

  it.each([null, true, 0, 'words, "quoted"', [], {}, [1, ['two', { three: null }]]])(
    'leaves %j as it is',
    (value) => {
      expect(withoutSecrets(value)).toEqual(value);
    },
  );

  it('leaves undefined as it is', () => {
    expect(withoutSecrets(undefined)).toBeUndefined();
  });

  it('does not change its argument', () => {
    const event = { cp: 'S3CRET' };
    withoutSecrets(event);
    expect(event).toEqual({ cp: 'S3CRET' });
  });

  it('copies a key named __proto__ as a key', () => {
    const copy = withoutSecrets(JSON.parse('{"__proto__":{"admin":true}}'));
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"admin":true}}');
  });

  it('keeps 64 levels of objects and cuts below them', () => {
    const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
    expect(withoutSecrets(nested(64))).toEqual(nested(64));
    const cut = `${'{"a":'.repeat(64)}null${'}'.repeat(64)}`;
    expect(JSON.stringify(withoutSecrets(nested(65)))).toBe(cut);
    expect(JSON.stringify(withoutSecrets(nested(100_000)))).toBe(cut);
  });

  it('keeps 64 levels and cuts below them', () => {
    const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    expect(withoutSecrets(nested(64))).toEqual(nested(64));
    expect(JSON.stringify(withoutSecrets(nested(65)))).toBe(`${'['.repeat(64)}null${']'.repeat(64)}`);
    expect(JSON.stringify(withoutSecrets(nested(100_000)))).toBe(`${'['.repeat(64)}null${']'.repeat(64)}`);
  });
});
