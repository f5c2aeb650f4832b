import { createIdentifierFromRawId, getIdentifierRawId } from '@azure/communication-common';
import * as z from 'zod/mini';
import type { Platform } from '../notifications/push.ts';

/** What an app tells about itself when it registers, checked and in one spelling. */
export interface DeviceRegistration {
  readonly platform: Platform;
  /** APNs device token in lower-case hex, or FCM registration token. */
  readonly handle: string;
  /** PushKit token in lower-case hex, only with `apns`. */
  readonly voipHandle?: string;
  /** Canonical BCP 47 tag. */
  readonly locale?: string;
}

const maxLength = 256;

// White space, control characters and broken Unicode never occur in a rawId; / \ # ? % have no place in one and are
// what URLs and table keys stumble over.
const forbidden = /[\s\p{C}/\\#?%]/u;

const platform = z.enum(['apns', 'fcmv1'], { error: 'platform must be "apns" or "fcmv1"' });
function text(name: string) {
  return z.string({ error: `${name} must be a text` });
}

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
const apnsHandle = /^(?:[0-9a-fA-F]{2}){32,100}$/;

const fcmHandle = /^[A-Za-z0-9_:.=-]{20,4096}$/;
const maxLocaleLength = 35;

/** Whether a text can name a device: 1 to 128 of the characters `A-Z a-z 0-9 . _ : -`. */
export function isDeviceId(text: string): boolean {
  return /^[A-Za-z0-9._:-]{1,128}$/.test(text);
}

/** A user id that can be pushed to, in its one spelling; or what is wrong with it, without repeating it. */
type ParsedUserId =
  | { readonly kind: 'valid'; readonly userId: string }
  | { readonly kind: 'invalid'; readonly problem: string };

/**
 * Checks and normalises the id of a user who can receive events: an Azure Communication Services rawId of at most 256
 * characters. Every kind that Event Grid names in `data.to` or as the recipient of a chat event is taken:
 * Communication Services users, Teams users and visitors, Teams phone extension users, phone numbers, and Teams
 * resource accounts (`28:…`, whose calls arrive as `IncomingCall` as well). An id of an unknown form and
 * the anonymous caller `4:anonymous` are refused: no event is ever addressed to them.
 */
export function parseUserId(text: string): ParsedUserId {
  if (text === '') return invalid('it is empty');
  if (text.length > maxLength) return invalid(`it has ${text.length} characters, more than ${maxLength}`);
  if (forbidden.test(text))
    return invalid('it contains white space, a control character or one of / \\ # ? %');
  const identifier = createIdentifierFromRawId(text);
  if (identifier.kind === 'unknown' || text.endsWith(':')) {
    return invalid('it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…');
  }
  if (identifier.kind === 'phoneNumber' && identifier.isAnonymous === true) {
    return invalid('it is the anonymous caller, whom nobody can push to');
  }
  return { kind: 'valid', userId: getIdentifierRawId(identifier) };
}

/** A registration that can be stored, or every problem it has. No problem repeats a value: handles are secrets. */
type ParsedRegistration =
  | { readonly kind: 'valid'; readonly registration: DeviceRegistration }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

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

function invalid(problem: string): ParsedUserId {
  return { kind: 'invalid', problem: `The user id cannot be used: ${problem}.` };
}

function formatProblems(fields: z.infer<typeof readableSchema>): string[] {
  const { platform, handle, voipHandle, locale } = fields;
  const problems: string[] = [];
  if (platform === 'apns' && handle !== undefined) problems.push(...apnsProblems('handle', handle));
  if (platform === 'fcmv1' && handle !== undefined && !fcmHandle.test(handle)) {
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
      `locale must be a BCP 47 tag of at most ${maxLocaleLength} characters, such as "sv" or "zh-Hans-CN"`,
    );
  }
  return problems;
}

function apnsProblems(name: string, handle: string): string[] {
  if (apnsHandle.test(handle)) return [];
  return [`${name} must be 64 to 200 hex digits, an even number (it has ${handle.length} characters)`];
}

function isLocale(locale: string): boolean {
  try {
    return locale.length <= maxLocaleLength && Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}

/** Field names come from the caller: one that could be a misplaced handle, or most of one, is not repeated. */
function showFieldName(name: string): string {
  return /^[A-Za-z_]\w{0,14}$/.test(name) ? name : '(one with an unusual name)';
}
