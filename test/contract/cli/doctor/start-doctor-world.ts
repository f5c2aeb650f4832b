import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenCredential } from '@azure/identity';
import { expect, inject, onTestFinished } from 'vitest';
import type { AzureIo } from '../../../../src/cli/arm/open-arm.ts';
import { runDoctor } from '../../../../src/cli/doctor/doctor.ts';
import type { DoctorOptions } from '../../../../src/cli/doctor/scope.ts';
import type { Environment } from '../../../../src/config/settings-reader.ts';
import type { Clock } from '../../../../src/shared/time.ts';
import { clinic } from '../../../support/arm/clinic.ts';
import { healthyAnswers } from '../../../support/arm/healthy-answers.ts';
import { type FakeAnswers, fakeToken, startFakeArm } from '../../../support/arm/start-fake-arm.ts';
import { startTestHub } from '../../../support/start-test-hub.ts';
import { testTls } from '../../notification-hubs/support/test-tls.ts';

/** What one test changes of a clinic where everything is right. */
export interface DoctorChange {
  readonly arm?: FakeAnswers;
  readonly settings?: Environment;
  readonly options?: Partial<DoctorOptions>;
  /** Origin of another hub than the emulator. */
  readonly hubUrl?: string;
  readonly credential?: TokenCredential;
  readonly clock?: Clock;
}

/** Keys and tokens that Azure's answers and the settings hold. */
const secrets = [
  clinic.key,
  fakeToken,
  'aW52ZW50ZWQtYXBucy1rZXk=',
  'aW52ZW50ZWQtZmNtLWtleQ==',
  'c2Vjb25kYXJ5LWtleS1vZi10aGUtY2xpbmlj',
  'bmV3LWtleQ==',
  'd3Jvbmcta2V5',
];

/** Everything `acs-relay doctor` printed, with how it ended. Ports are the same on every run. */
export async function runDoctorOn(change: DoctorChange = {}): Promise<string> {
  const hub = await startTestHub({
    hubs: ['clinic-alert', 'clinic-voip'],
    keys: { [clinic.keyName]: clinic.key },
    clock: Date.now,
  });
  const arm = await startFakeArm({ ...healthyAnswers(), ...change.arm });
  const hubUrl = change.hubUrl ?? hub.url;
  const connection = `Endpoint=${hubUrl}/;SharedAccessKeyName=${clinic.keyName};SharedAccessKey=${clinic.key}`;
  const cwd = mkdtempSync(join(tmpdir(), 'acs-relay-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const printed = { text: '' };
  const print = (text: string) => {
    printed.text += text;
  };
  const io: AzureIo = {
    cwd,
    env: {
      NOTIFICATION_HUB_CONNECTION_STRING: connection,
      NOTIFICATION_HUB_NAME: 'clinic-alert',
      NOTIFICATION_HUB_VOIP_NAME: 'clinic-voip',
      RELAY_STORAGE: inject('azurite'),
      ...change.settings,
    },
    out: print,
    err: print,
    azure: {
      ca: testTls.cert,
      credential: change.credential ?? {
        getToken: async () => ({ token: fakeToken, expiresOnTimestamp: Date.now() + 3_600_000 }),
      },
    },
  };
  const options = { platforms: ['apns', 'fcmv1'], armEndpoint: arm.endpoint, ...change.options } as const;
  const code = await runDoctor(options, io, change.clock ?? Date.now);
  for (const secret of secrets) expect(printed.text).not.toContain(secret);
  return `${printed.text.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')}exit code ${code}\n`;
}

/** Options that let the doctor look at everything in Azure. */
export const everything = {
  acs: clinic.acs,
  hub: clinic.alertHub,
  voipHub: clinic.voipHub,
} as const;
