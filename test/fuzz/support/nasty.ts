import fc from 'fast-check';

const deep = 100_000;
const long = 1_000_000;

/** Texts that parsers stumble over: long, half, backwards, with every kind of character. */
export const nastyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        'a',
        '=',
        ';',
        '"',
        '\\',
        '\\"',
        '<',
        '&',
        '&#x',
        ' ',
        '\n',
        '{',
        '\ud800',
        '\u0000',
        '💥',
        '4:+',
        "'",
      )
      .map((part) => part.repeat(long / part.length)),
  },
);

/** JSON values with the keys, numbers and depths that cause trouble. */
export const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  nastyText,
  fc.constantFrom<unknown>(
    null,
    true,
    -0,
    1e308,
    -1e308,
    2 ** 53,
    Number.MIN_VALUE,
    '',
    [],
    {},
    'NaN',
    '1e999',
  ),
  fc
    .constantFrom('__proto__', 'constructor', 'toString', 'then', 'toJSON', 'length')
    .map((key) => JSON.parse(`{${JSON.stringify(key)}:{"polluted":true,"toString":null,"then":1}}`)),
);

/** JSON text that is deeper than any stack, or has numbers that no number is. */
export const nastyJson: fc.Arbitrary<string> = fc.oneof(
  nastyValue.map((value) => JSON.stringify(value)),
  fc.constantFrom('[', '{"a":', '[[],').map((part) => part.repeat(deep)),
  fc
    .tuple(
      fc.constantFrom<[string, string]>(['[', ']'], ['{"data":', '}'], ['{"__proto__":', '}']),
      fc.integer({ min: 1, max: deep }),
    )
    .map(([[open, close], depth]) => `${open.repeat(depth)}1${close.repeat(depth)}`),
  fc.constantFrom('1e999', '-1e999', '9'.repeat(long), '0.'.concat('1'.repeat(long))),
);
