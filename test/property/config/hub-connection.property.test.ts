import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHubConnection } from '../../../src/config/hub-connection.ts';
import { RelayError } from '../../../src/errors/errors.ts';

const inRandomCase = (name: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
    .map((upper) =>
      [...name].map((char, i) => (upper[i] ? char.toUpperCase() : char.toLowerCase())).join(''),
    );

const blanks = fc.stringMatching(/^[ \t\n]{0,3}$/);
const base64Key = fc
  .uint8Array({ minLength: 1, maxLength: 64 })
  .map((bytes) => Buffer.from(bytes).toString('base64'));
/** Any text a part can hold: no `;`, no blanks at its ends. */
const value = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((text) => !text.includes(';') && text === text.trim());
const label = fc.stringMatching(/^[a-z][a-z0-9]{0,20}$/);

describe('parseHubConnection for any connection string', () => {
  it('reads the same connection from parts in any order, case and spacing', () => {
    const part = (name: string, content: fc.Arbitrary<string>) =>
      fc.tuple(inRandomCase(name), content, blanks, blanks).map(([written, text, before, after]) => ({
        text,
        line: `${before}${written}${after}=${before}${text}${after}`,
      }));
    fc.assert(
      fc.property(
        label,
        part('SharedAccessKeyName', value),
        part('SharedAccessKey', fc.oneof(base64Key, value)),
        fc.option(part('EntityPath', value), { nil: undefined }),
        fc.array(fc.constantFrom('', ' ', 'TransportType=Amqp', 'Other=a=b'), { maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        (host, keyName, key, entityPath, fillers, order) => {
          const lines = [`Endpoint=sb://${host}.servicebus.windows.net/`, keyName.line, key.line, ...fillers];
          if (entityPath !== undefined) lines.push(entityPath.line);
          const shuffled = lines
            .map((line) => ({ line, rank: order.next().value ?? 0 }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ line }) => line);
          expect(parseHubConnection(shuffled.join(';'))).toEqual({
            endpoint: `https://${host}.servicebus.windows.net`,
            keyName: keyName.text,
            key: key.text,
            ...(entityPath === undefined ? {} : { entityPath: entityPath.text }),
          });
        },
      ),
    );
  });

  it('answers any text with a connection or its own typed error that repeats no key', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .string({ maxLength: 60 })
        .map((end) => `Endpoint=${end};SharedAccessKeyName=n;SharedAccessKey=k3y-s3cr3t`),
    );
    fc.assert(
      fc.property(text, (input) => {
        try {
          const { endpoint } = parseHubConnection(input);
          expect(new URL(endpoint).origin).toBe(endpoint);
        } catch (error) {
          expect(error).toBeInstanceOf(RelayError);
          expect(error).toMatchObject({ code: 'HUB_CONNECTION_STRING_INVALID' });
          expect(String(error)).not.toContain('k3y-s3cr3t');
        }
      }),
    );
  });

  it('stays quick and short on a megabyte of separators', () => {
    for (const input of [';'.repeat(1_000_000), 'a;'.repeat(500_000), 'Endpoint=;'.repeat(100_000)]) {
      try {
        parseHubConnection(input);
        expect.unreachable();
      } catch (error) {
        expect(String(error).length).toBeLessThan(1_000);
      }
    }
  });
});
