import * as z from 'zod/mini';
import type { DeviceRegistration } from './device-registration.ts';

/** A registration that can be stored, or every problem it has. No problem repeats a value: handles are secrets. */
export type ParsedRegistration =
  | { readonly kind: 'valid'; readonly registration: DeviceRegistration }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

const platform = z.enum(['apns', 'fcmv1'], { error: 'platform must be "apns" or "fcmv1"' });
const text = (name: string) => z.string({ error: `${name} must be a text` });
const registrationSchema = z.strictObject(
  {
    platform,
    handle: text('handle'),
    voipHandle: z.optional(text('voipHandle')),
    locale: z.optional(text('locale')),
  },
  {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return 'the body must be a JSON object';
      return `unknown fields: ${issue.keys.map(showFieldName).join(', ')}`;
    },
  },
);
// What can be checked further although other fields are wrong: all problems are told at once.
const readable = z.catch(z.optional(z.string()), undefined);
const readableSchema = z.catch(
  z.object({
    platform: z.catch(z.optional(platform), undefined),
    handle: readable,
    voipHandle: readable,
    locale: readable,
  }),
  {},
);

// An APNs token is 32 bytes today; Apple asks apps not to rely on that.
const APNS_HANDLE = /^(?:[0-9a-fA-F]{2}){32,100}$/;
const FCM_HANDLE = /^[A-Za-z0-9_:.=-]{20,4096}$/;
const MAX_LOCALE_LENGTH = 35;

/**
 * Checks the body of a registration: `platform`, `handle`, and optionally `voipHandle` (APNs only) and `locale`.
 *
 * - APNs handles: 64 to 200 hex digits, an even number; kept in lower case.
 * - FCM tokens: 20 to 4,096 of `A-Z a-z 0-9 _ : . = -`.
 * - Locale: BCP 47 of at most 35 characters (the length RFC 5646 section 4.4.1 asks to be ready for).
 *
 * Unknown fields are refused: a mistyped `voipHandle` would otherwise be found when the first call does not ring.
 */
export function parseRegistration(body: unknown): ParsedRegistration {
  const parsed = registrationSchema.safeParse(body);
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => issue.message),
    ...formatProblems(readableSchema.parse(body)),
  ];
  if (!parsed.success || problems.length > 0) return { kind: 'invalid', problems };
  const { voipHandle, locale, ...rest } = parsed.data;
  return {
    kind: 'valid',
    registration: {
      platform: rest.platform,
      handle: rest.platform === 'apns' ? rest.handle.toLowerCase() : rest.handle,
      ...(voipHandle === undefined ? {} : { voipHandle: voipHandle.toLowerCase() }),
      ...(locale === undefined ? {} : { locale: new Intl.Locale(locale).toString() }),
    },
  };
}

function formatProblems(fields: z.infer<typeof readableSchema>): string[] {
  const { platform, handle, voipHandle, locale } = fields;
  const problems: string[] = [];
  if (platform === 'apns' && handle !== undefined) problems.push(...apnsProblems('handle', handle));
  if (platform === 'fcmv1' && handle !== undefined && !FCM_HANDLE.test(handle)) {
    problems.push(
      `handle must be an FCM registration token: 20 to 4096 of A-Z a-z 0-9 _ : . = - (it has ${handle.length} characters)`,
    );
  }
  if (voipHandle !== undefined) {
    if (platform === 'fcmv1') problems.push('voipHandle is for platform "apns" only');
    else problems.push(...apnsProblems('voipHandle', voipHandle));
    if (voipHandle.toLowerCase() === handle?.toLowerCase()) {
      problems.push('voipHandle must be the PushKit token, not the same as handle');
    }
  }
  if (locale !== undefined && !isLocale(locale)) {
    problems.push(
      `locale must be a BCP 47 tag of at most ${MAX_LOCALE_LENGTH} characters, such as "sv" or "zh-Hans-CN"`,
    );
  }
  return problems;
}

function apnsProblems(name: string, handle: string): string[] {
  if (APNS_HANDLE.test(handle)) return [];
  return [`${name} must be 64 to 200 hex digits, an even number (it has ${handle.length} characters)`];
}

function isLocale(locale: string): boolean {
  try {
    return locale.length <= MAX_LOCALE_LENGTH && Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}

/** Field names come from the caller: one that could be a misplaced handle, or most of one, is not repeated. */
function showFieldName(name: string): string {
  return /^[A-Za-z_]\w{0,14}$/.test(name) ? name : '(one with an unusual name)';
}
