import * as z from 'zod';

/** How a hub signs in to APNs with a token. None of this is secret. */
export interface ApnsToken {
  readonly mode: 'token';
  /** The topic of every push. */
  readonly bundleId: string;
  readonly teamId: string;
  readonly keyId: string;
  readonly endpoint: string;
}

/** How a hub signs in to APNs. */
type ApnsCredential = ApnsToken | { readonly mode: 'certificate' };

/** The push services that a hub can sign in to, without keys, tokens and certificates. */
export interface PnsCredentials {
  readonly apns?: ApnsCredential;
  readonly fcmV1?: { readonly projectId: string };
  /** Whether the discontinued legacy protocol of FCM is configured. */
  readonly legacyFcm: boolean;
}

const text = z.string().nullish();
const schema = z.object({
  properties: z.object({
    apnsCredential: z
      .object({
        properties: z.object({
          apnsCertificate: text,
          thumbprint: text,
          keyId: text,
          appName: text,
          appId: text,
          token: text,
          endpoint: text,
        }),
      })
      .nullish(),
    fcmV1Credential: z
      .object({ properties: z.object({ projectId: text, clientEmail: text, privateKey: text }) })
      .nullish(),
    gcmCredential: z.object({ properties: z.object({ googleApiKey: text }) }).nullish(),
  }),
});

type Apns = NonNullable<z.infer<typeof schema>['properties']['apnsCredential']>['properties'];

/**
 * Parses the response of `pnsCredentials`, version 2023-10-01-preview: the first with FCM v1. A credential whose parts are
 * all empty is absent.
 *
 * @throws ZodError for any other response
 */
export function readPnsCredentials(json: string): PnsCredentials {
  const { apnsCredential, fcmV1Credential, gcmCredential } = schema.parse(JSON.parse(json)).properties;
  const apns = apnsCredential == null ? undefined : readApns(apnsCredential.properties);
  const projectId = fcmV1Credential?.properties.projectId ?? '';
  return {
    ...(apns === undefined ? {} : { apns }),
    ...(projectId === '' ? {} : { fcmV1: { projectId } }),
    legacyFcm: (gcmCredential?.properties.googleApiKey ?? '') !== '',
  };
}

function readApns({ apnsCertificate, thumbprint, keyId, appId, appName, endpoint }: Apns) {
  if ((keyId ?? '') !== '' || (appId ?? '') !== '') {
    return {
      mode: 'token',
      bundleId: appName ?? '',
      teamId: appId ?? '',
      keyId: keyId ?? '',
      endpoint: endpoint ?? '',
    } as const;
  }
  const certificate = (apnsCertificate ?? '') !== '' || (thumbprint ?? '') !== '';
  return certificate ? ({ mode: 'certificate' } as const) : undefined;
}
