import { createIdentifierFromRawId, getIdentifierRawId } from '@azure/communication-common';
import * as z from 'zod/mini';
import type { Platform } from '../notifications/push.ts';

/** A user id that can be pushed to, in its canonical spelling; or the problem with it, without repeating the id. */
type ParsedUserId =
  | { readonly kind: 'valid'; readonly userId: string }
  | { readonly kind: 'invalid'; readonly problem: string };

const maxUserIdLength = 256;

// White space, control characters and broken Unicode never occur in a rawId. Neither do / \ # ? %, which URLs or table
// keys cannot take.
const forbidden = /[\s\p{C}/\\#?%]/u;

/**
 * Checks and normalises the id of a user who can receive events: an Azure Communication Services rawId of at most 256
 * characters. It accepts every kind that Event Grid names in `data.to` or as the recipient of a chat event:
 * Communication Services users, Teams users and visitors, Teams phone extension users, phone numbers, and Teams
 * resource accounts (`28:…`, whose calls arrive as `IncomingCall` as well). It rejects ids of an unknown form and the
 * anonymous caller `4:anonymous`, since no event is ever addressed to them.
 */
export function parseUserId(text: string): ParsedUserId {
  if (text === '') return invalid('it is empty');
  if (text.length > maxUserIdLength) {
    return invalid(`it has ${text.length} characters, but at most ${maxUserIdLength} are allowed`);
  }
  if (forbidden.test(text)) {
    return invalid('it contains white space, a control character or one of / \\ # ? %');
  }
  const identifier = createIdentifierFromRawId(text);
  if (identifier.kind === 'unknown' || text.endsWith(':')) {
    return invalid('it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…');
  }
  if (identifier.kind === 'phoneNumber' && identifier.isAnonymous === true) {
    return invalid('it is the anonymous caller, who cannot receive pushes');
  }
  return { kind: 'valid', userId: getIdentifierRawId(identifier) };
}

function invalid(problem: string): ParsedUserId {
  return { kind: 'invalid', problem: `Invalid user id: ${problem}.` };
}

/** Whether a text can be the id of a device: 1 to 128 of the characters `A-Z a-z 0-9 . _ : -`. */
export function isDeviceId(text: string): boolean {
  return /^[A-Za-z0-9._:-]{1,128}$/.test(text);
}

/** The error message for an id that {@link isDeviceId} rejects. */
export const deviceIdProblem =
  'Invalid device id: it must have 1 to 128 characters, and only A-Z a-z 0-9 . _ : - are allowed.';

/** What an app registers, checked and in its canonical spelling. */
export interface DeviceRegistration {
  readonly platform: Platform;
  /** APNs device token in lower-case hex, or FCM registration token. */
  readonly handle: string;
  /** PushKit token in lower-case hex, only with `apns`. */
  readonly voipHandle?: string;
  /** Canonical BCP 47 tag. */
  readonly locale?: string;
}

/** A registration that can be stored, or all its problems. No problem repeats a value, since handles are secrets. */
type ParsedRegistration =
  | { readonly kind: 'valid'; readonly registration: DeviceRegistration }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

const platformField = z.enum(['apns', 'fcmv1'], { error: 'platform must be "apns" or "fcmv1"' });

const registrationSchema = z.strictObject(
  {
    platform: platformField,
    handle: stringField('handle'),
    voipHandle: z.optional(stringField('voipHandle')),
    locale: z.optional(stringField('locale')),
  },
  {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return 'the body must be a JSON object';
      return `unknown fields: ${issue.keys.map(showFieldName).join(', ')}`;
    },
  },
);

// Reads the fields whose format can be checked even if other fields are wrong, so that one answer lists all problems.
const readableSchema = z.catch(
  z.object({
    platform: z.catch(z.optional(platformField), undefined),
    handle: readableField(),
    voipHandle: readableField(),
    locale: readableField(),
  }),
  {},
);

/**
 * Checks the body of a registration: `platform`, `handle`, and optionally `voipHandle` (APNs only) and `locale`.
 *
 * - APNs handles: 64 to 200 hex digits, an even number; kept in lower case.
 * - FCM tokens: 20 to 4,096 of `A-Z a-z 0-9 _ : . = -`.
 * - Locale: BCP 47, at most 35 characters (the length that RFC 5646 section 4.4.1 asks implementations to support).
 *
 * Unknown fields are rejected: otherwise a mistyped `voipHandle` would go unnoticed until the first call does not ring.
 */
export function parseRegistration(body: unknown): ParsedRegistration {
  const parsed = registrationSchema.safeParse(body);
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => issue.message),
    ...formatProblems(readableSchema.parse(body)),
  ];
  if (!parsed.success || problems.length > 0) return { kind: 'invalid', problems };
  const { platform, handle, voipHandle, locale } = parsed.data;
  return {
    kind: 'valid',
    registration: {
      platform,
      handle: platform === 'apns' ? handle.toLowerCase() : handle,
      ...(voipHandle === undefined ? {} : { voipHandle: voipHandle.toLowerCase() }),
      ...(locale === undefined ? {} : { locale: new Intl.Locale(locale).toString() }),
    },
  };
}

function stringField(name: string) {
  return z.string({ error: `${name} must be a string` });
}

function readableField() {
  return z.catch(z.optional(z.string()), undefined);
}

/** Field names come from the caller: one that may be a misplaced handle, or most of one, is not repeated. */
function showFieldName(name: string): string {
  return /^[A-Za-z_]\w{0,14}$/.test(name) ? name : '(name withheld)';
}

const fcmHandle = /^[A-Za-z0-9_:.=-]{20,4096}$/;
const maxLocaleLength = 35;

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
    if (platform === 'fcmv1') problems.push('voipHandle is allowed only with platform "apns"');
    else problems.push(...apnsProblems('voipHandle', voipHandle));
    if (voipHandle.toLowerCase() === handle?.toLowerCase()) {
      problems.push('voipHandle must be the PushKit token, which differs from handle');
    }
  }
  if (locale !== undefined && !isLocale(locale)) {
    problems.push(
      `locale must be a BCP 47 tag of at most ${maxLocaleLength} characters, such as "sv" or "zh-Hans-CN"`,
    );
  }
  return problems;
}

// An APNs token is 32 bytes today; Apple asks apps not to rely on that.
const apnsHandle = /^(?:[0-9a-fA-F]{2}){32,100}$/;

function apnsProblems(name: string, handle: string): string[] {
  if (apnsHandle.test(handle)) return [];
  return [`${name} must be an even number of hex digits, 64 to 200 (it has ${handle.length} characters)`];
}

function isLocale(locale: string): boolean {
  try {
    return locale.length <= maxLocaleLength && Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}
