import type { Environment } from '../../config/settings-reader.ts';
import type { Clock } from '../../shared/time.ts';
import type { AzureIo } from '../arm/azure-io.ts';
import { isSameHub } from '../arm/is-same-hub.ts';
import { openArm } from '../arm/open-arm.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { readSettings } from '../read-settings.ts';
import { checkAzure } from './check-azure.ts';
import { checkClock } from './checks/check-clock.ts';
import { checkHubKey } from './checks/check-hub-key.ts';
import { checkSettings } from './checks/check-settings.ts';
import { checkStorage } from './checks/check-storage.ts';
import { type ConfiguredHub, configuredHubs } from './configured-hub.ts';
import type { DoctorOptions } from './doctor-options.ts';
import type { Finding } from './finding.ts';
import { nativeHubs } from './native-hubs.ts';
import { readHubOption } from './read-hub-option.ts';
import { reportJson } from './report-json.ts';
import { reportText } from './report-text.ts';
import { storageIdCommand } from './storage-id-command.ts';

/**
 * `acs-relay doctor`: checks the whole chain from the settings to Azure, and says of each point what is the matter and
 * how to mend it. It changes nothing and pushes nothing.
 *
 * @returns 0, or 1 when something is wrong; what could not be checked is not wrong
 * @throws RelayError `INPUT_UNUSABLE` for options that name no resource, `CONFIG_INVALID` when local.settings.json cannot be
 *   read at all
 */
export async function runDoctor(options: DoctorOptions, io: AzureIo, clock: Clock): Promise<ExitCode> {
  const env = readSettings(io);
  const askedAzure = [options.acs, options.hub, options.voipHub, options.subscription].some(
    (option) => option !== undefined,
  );
  const arm = askedAzure ? await openArm(options.armEndpoint, io) : undefined;
  const local = options.nativePush === true ? nativeHubs(env) : await relay(env, options);
  const keys = await checkKeys(withResources(local.hubs, options), clock);
  const subscriptionId = env['AZURE_SUBSCRIPTION_ID'];
  const context = {
    options,
    hubs: local.hubs,
    storageId: storageIdCommand(env),
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
  };
  const azure = arm === undefined ? [] : await checkAzure(context, arm);
  const findings = [...local.findings, ...keys, ...azure];
  io.out(options.json === true ? reportJson(findings) : reportText(findings, askedAzure));
  return findings.some(({ kind }) => kind === 'wrong') ? exitCode.different : exitCode.same;
}

/** Hubs that an option names by their resource id are called by their names in Azure. */
function withResources(hubs: readonly ConfiguredHub[], options: DoctorOptions): readonly ConfiguredHub[] {
  const named = {
    alert: readHubOption('--hub', options.hub),
    voip: readHubOption('--voip-hub', options.voipHub),
  };
  return hubs.map((hub) => {
    const resource = hub.role === 'alert' || hub.role === 'voip' ? named[hub.role] : undefined;
    return resource !== undefined && isSameHub(hub.hub, resource) ? { ...hub, resource } : hub;
  });
}

interface Local {
  readonly findings: readonly Finding[];
  readonly hubs: readonly ConfiguredHub[];
}

async function relay(env: Environment, { app }: DoctorOptions): Promise<Local> {
  const { findings, config } = checkSettings(env);
  if (config === undefined) {
    const rest = (['tables', 'blobs', 'hub-key'] as const).map(
      (check): Finding => ({
        kind: 'could-not-check',
        check,
        why: 'The settings are wrong.',
        mend: 'Mend the settings first, then run this command again.',
      }),
    );
    return { findings: [...findings, ...rest], hubs: [] };
  }
  return {
    findings: [...findings, ...(await checkStorage(config.storage, app?.split('/').at(-1)))],
    hubs: configuredHubs(config),
  };
}

async function checkKeys(hubs: readonly ConfiguredHub[], clock: Clock): Promise<readonly Finding[]> {
  if (hubs.length === 0) return [];
  const checked = await Promise.all(hubs.map((hub) => checkHubKey(hub, clock)));
  const reading = checked.find((each) => each.clock !== undefined)?.clock;
  return [...checked.map(({ finding }) => finding), checkClock(reading)];
}
