import type { Environment } from '../../config/settings-reader.ts';
import type { Clock } from '../../shared/time.ts';
import { isSameHub, readHubOption } from '../arm/hub-resource.ts';
import { type AzureIo, openArm } from '../arm/open-arm.ts';
import { type ExitCode, exitCode, readSettings } from '../io.ts';
import { checkAzure } from './azure.ts';
import { checkClock, checkHubKey } from './checks/hub-key.ts';
import { checkSettings } from './checks/settings.ts';
import { checkStorage, storageIdCommand } from './checks/storage.ts';
import { type Finding, reportJson, reportText } from './finding.ts';
import { type ConfiguredHub, configuredHubs, type DoctorOptions, nativeHubs } from './scope.ts';

/**
 * `acs-relay doctor`: checks the whole chain from the settings to Azure, and reports each problem with its fix. It changes
 * nothing and sends no push.
 *
 * @returns 0, or 1 when a check found a problem; a check that could not run is not a problem
 * @throws RelayError `INPUT_UNUSABLE` for an option that is not a resource id, `CONFIG_INVALID` when local.settings.json is
 *   malformed
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
        why: 'The settings are invalid.',
        fix: 'Fix the settings first, then run this command again.',
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

/** Adds the resource ids of the options to the hubs of the settings. */
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
