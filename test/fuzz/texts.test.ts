import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { parseHubConnection } from '../../src/config/hub-connection.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { settings } from '../../src/config/settings.ts';
import { parseDeadLetterBlob } from '../../src/deliveries/dead-letter-store.ts';
import { parseRegistration, parseUserId } from '../../src/devices/registration.ts';
import { RelayError } from '../../src/errors/errors.ts';
import { parseRetryAfter } from '../../src/notification-hubs/classify-response.ts';
import { damagedRecording } from './support/damaged.ts';
import { fuzz } from './support/fuzz.ts';
import { nastyJson, nastyText, nastyValue } from './support/nasty.ts';

/** Runs something that may only succeed or throw a RelayError with this code. */
function answers(code: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    expect(error.code).toBe(code);
  }
}

const hubString =
  'Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=Send;SharedAccessKey=a2V5';
const part = fc.oneof(
  fc.constantFrom(
    ...hubString.split(';'),
    'EntityPath=hub',
    'Endpoint=',
    '=',
    '',
    'endpoint=http://127.0.0.1:1',
  ),
  fc
    .tuple(fc.constantFrom('Endpoint', 'SharedAccessKey', 'EntityPath', 'Endpoint=sb://'), nastyText)
    .map((pair) => pair.join('=')),
  nastyText,
);
const connectionString = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(';'));

describe('settings', () => {
  fuzz('take a connection string or say what is wrong with it', connectionString, (text) => {
    answers('HUB_CONNECTION_STRING_INVALID', () => {
      const { endpoint } = parseHubConnection(text);
      expect(endpoint).toMatch(/^https?:\/\//);
    });
  });

  const value = fc.oneof(
    connectionString,
    nastyText,
    fc.constantFrom('1', '-1', '1e9', 'full', 'en', 'hub', 'UseDevelopmentStorage=true'),
  );
  const names = Object.keys(settings);
  const environment = fc.dictionary(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...names) },
      { weight: 1, arbitrary: fc.constantFrom(...names).map((name) => name.slice(1)) },
      { weight: 1, arbitrary: fc.oneof(nastyText, fc.constantFrom('__proto__', 'constructor')) },
    ),
    value,
  );
  fuzz('load from every environment or say what is wrong with it', environment, (env) => {
    answers('CONFIG_INVALID', () => {
      expect(loadConfig(env).config.ringMs).toBeGreaterThan(0);
    });
  });
});

describe('Retry-After', () => {
  const header = fc.oneof(
    nastyText,
    fc.nat().map(String),
    fc.bigInt({ min: 0n, max: 10n ** 40n }).map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    fc.tuple(fc.date({ noInvalidDate: true }), nastyText).map(([date, tail]) => date.toUTCString() + tail),
  );
  fuzz('is 0 to 24 hours or nothing', header, (text) => {
    const waitMs = parseRetryAfter(text, 1795338000000) ?? 0;
    expect(waitMs).toBeGreaterThanOrEqual(0);
    expect(waitMs).toBeLessThanOrEqual(86_400_000);
  });
});

describe('dead-letter blobs', () => {
  const own = fc.record({
    v: fc.oneof(fc.constant(1), nastyValue),
    reason: fc.oneof(fc.constantFrom('poison', 'rejected'), nastyValue),
    message: nastyValue,
    functionName: fc.constant('relayCalls'),
    attempt: fc.oneof(fc.constant(1), nastyValue),
    atMs: fc.constant(1),
    event: fc.oneof(
      fc.record({ kind: fc.constantFrom('json', 'text'), value: nastyValue, text: nastyText }),
      nastyValue,
    ),
    outcomes: fc.oneof(fc.constant({}), nastyValue),
  });
  const blob = fc.oneof(
    own.map((letter) => JSON.stringify(letter)),
    fc.array(own, { maxLength: 3 }).map((letters) => JSON.stringify(letters)),
    damagedRecording.map((text) => text.replace('{', '{"deadLetterReason":"MaxDeliveryAttemptsExceeded",')),
    nastyJson,
    nastyText,
  );
  fuzz('are read or refused without being quoted', blob, (text) => {
    answers('INPUT_UNUSABLE', () => {
      for (const { reason } of parseDeadLetterBlob(text)) expect(reason).toBeTypeOf('string');
    });
  });
});

describe('the device API, given random bodies', () => {
  const body = fc.oneof(
    nastyValue,
    fc.dictionary(
      fc.constantFrom('platform', 'handle', 'voipHandle', 'locale', '__proto__', 'x'),
      fc.oneof(nastyValue, fc.constantFrom('apns', 'fcmv1', 'sv', 'zh-Hans-CN', 'aa'.repeat(32))),
    ),
    nastyJson.filter((text) => isJson(text)).map((text): unknown => JSON.parse(text)),
  );
  fuzz('takes a registration or names its problems', body, (value) => {
    const parsed = parseRegistration(value);
    if (parsed.kind === 'invalid') expect(parsed.problems.join('').length).toBeLessThan(100_000);
    else expect(parsed.registration.handle).not.toBe('');
  });

  fuzz('takes a user id or says what is wrong with it', nastyText, (text) => {
    const parsed = parseUserId(text);
    if (parsed.kind === 'invalid') expect(parsed.problem.length).toBeLessThan(200);
    else expect(parsed.userId.length).toBeLessThanOrEqual(256);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
