import type { TokenCredential } from '@azure/identity';
import { expect } from 'vitest';
import type { AzureIo } from '../../../../src/cli/arm/open-arm.ts';
import type { LinkOptions } from '../../../../src/cli/link/connection.ts';
import { runLink } from '../../../../src/cli/link/link.ts';
import { armOk } from '../../../support/arm/arm-answer.ts';
import { clinic } from '../../../support/arm/clinic.ts';
import { acsAnswer, healthyAnswers, keysAnswer, ruleAnswer } from '../../../support/arm/healthy-answers.ts';
import { type FakeAnswers, fakeToken, startFakeArm } from '../../../support/arm/start-fake-arm.ts';
import { startTestHub } from '../../../support/start-test-hub.ts';
import { testTls } from '../../notification-hubs/support/test-tls.ts';

const { acs, alertHub, keyName, key } = clinic;

/** What one test changes of a link that works. Texts may hold HUB, the origin of the hub. */
export interface LinkChange {
  readonly arm?: FakeAnswers;
  readonly options?: Partial<LinkOptions>;
  /** The connection string in the environment variable LINK. */
  readonly given?: string;
  readonly input?: string;
  /** The connection string that Azure gives out. */
  readonly fetched?: string;
  readonly answer?: boolean;
  readonly hubUrl?: string;
  readonly credential?: TokenCredential;
}

/** What `acs-relay link` printed with how it ended, and what Azure was asked to link. */
export interface LinkRun {
  readonly text: string;
  /** Bodies of the requests to link, with HUB in place of the hub's origin. */
  readonly linked: readonly string[];
}

/** A connection string of the hub, with HUB for its origin. */
export const connectionString = (keyText: string = key, name: string = keyName) =>
  `Endpoint=HUB/;SharedAccessKeyName=${name};SharedAccessKey=${keyText};EntityPath=clinic-alert`;

/** Runs the command against a fake Azure and a hub on real sockets. */
export async function runLinkOn(change: LinkChange = {}): Promise<LinkRun> {
  const hub = await startTestHub({ hubs: ['clinic-alert'], keys: { [keyName]: key }, clock: Date.now });
  const origin = change.hubUrl ?? hub.url;
  const onHub = (text: string) => text.replaceAll('HUB', origin);
  const rules = [
    ruleAnswer(alertHub, 'DefaultFullSharedAccessSignature', ['Listen', 'Manage', 'Send']),
    ruleAnswer(alertHub, keyName, ['Send']),
  ];
  const arm = await startFakeArm({
    ...healthyAnswers(),
    [`GET ${acs}`]: [acsAnswer(), acsAnswer(alertHub)],
    [`GET ${alertHub}/authorizationRules`]: armOk({ value: rules }),
    [`POST ${alertHub}/authorizationRules/${keyName}/listKeys`]: keysAnswer(
      key,
      onHub(change.fetched ?? connectionString()),
    ),
    [`POST ${acs}/linkNotificationHub`]: armOk({ resourceId: alertHub }),
    ...change.arm,
  });
  const printed = { text: '' };
  const print = (text: string) => {
    printed.text += text;
  };
  const io: AzureIo = {
    cwd: '.',
    env: change.given === undefined ? {} : { LINK: onHub(change.given) },
    out: print,
    err: print,
    readInput: async () => onHub(change.input ?? ''),
    ...(change.answer === undefined
      ? {}
      : {
          ask: async (question: string) => {
            print(`${question}\n`);
            return change.answer === true;
          },
        }),
    azure: {
      ca: testTls.cert,
      credential: change.credential ?? {
        getToken: async () => ({ token: fakeToken, expiresOnTimestamp: Date.now() + 3_600_000 }),
      },
    },
  };
  const options = { acs, hub: alertHub, armEndpoint: arm.endpoint, ...change.options };
  const code = await runLink(options, io, Date.now);
  for (const secret of [key, fakeToken]) expect(printed.text).not.toContain(secret);
  expect(hub.pushes.list()).toEqual([]);
  return {
    text: `${printed.text}exit code ${code}\n`,
    linked: arm.requests
      .filter(({ line }) => line.endsWith('/linkNotificationHub'))
      .map(({ body }) => body.replaceAll(origin, 'HUB')),
  };
}
