import { type HubProbe, probeHub } from '../../../notification-hubs/probe.ts';
import { type Clock, type ClockReading, leastSkewMs } from '../../../shared/time.ts';
import { hubNames, namespaceNames } from '../../arm/hub-resource.ts';
import { shellWord } from '../../terminal.ts';
import type { Finding } from '../finding.ts';
import type { ConfiguredHub } from '../scope.ts';

const maxSkewMs = 5_000;

interface CheckedHubKey {
  readonly finding: Finding;
  readonly clock?: ClockReading;
}

/** Is the hub reachable, does it exist, and may the key of the settings send? Sends no push. */
export async function checkHubKey(configured: ConfiguredHub, now: Clock): Promise<CheckedHubKey> {
  const { probe, clock } = await probeHub(configured.hub, now);
  const finding = describe(probe, configured);
  return clock === undefined ? { finding } : { finding, clock };
}

/** Does this machine's clock agree with the hub's? Only the skew that the reading proves counts. */
export function checkClock(reading: ClockReading | undefined): Finding {
  if (reading === undefined) {
    return {
      kind: 'could-not-check',
      check: 'clock',
      why: 'No hub sent a response with a date.',
      fix: 'Fix the hub first, then run this command again.',
    };
  }
  const skewMs = leastSkewMs(reading);
  const seconds = Math.abs(Math.round(skewMs / 1000));
  if (Math.abs(skewMs) <= maxSkewMs) {
    return { kind: 'ok', check: 'clock', why: "This machine's clock agrees with the hub's." };
  }
  return {
    kind: 'wrong',
    check: 'clock',
    why: `This machine's clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} the hub's. A ring lasts 30 s, and the hub validates tokens by its own clock.`,
    fix: 'Enable network time, for example: sudo timedatectl set-ntp true',
  };
}

function describe(probe: HubProbe, { hub, setting, resource }: ConfiguredHub): Finding {
  const point = { check: 'hub-key', about: hub.hubName } as const;
  const named = resource ?? hub;
  const { endpoint, keyName } = hub.connection;
  // The Azure CLI knows nothing of an emulator.
  const local = resource === undefined && endpoint.startsWith('http:');
  const inAzure = (fix: string): string =>
    local ? `Set ${setting} as described in docs/local-run.md: ${endpoint} is a local hub.` : fix;
  switch (probe.kind) {
    case 'accepted':
      return { kind: 'ok', ...point, why: 'The hub responds and accepts the key. No push was sent.' };
    case 'key-refused':
      return {
        kind: 'wrong',
        ...point,
        why: `The hub rejects the key in ${setting}, even with a fresh token (${probe.detail}). The key was regenerated, or belongs to another hub.`,
        fix: inAzure(
          `az notification-hub authorization-rule list-keys ${hubNames(named)} --name ${shellWord(keyName)} --query primaryConnectionString --output tsv\nSet ${setting} to the output.`,
        ),
      };
    case 'send-missing':
      return {
        kind: 'wrong',
        ...point,
        why: `The access policy in ${setting} lacks the Send right (${probe.detail}).`,
        fix: inAzure(
          `az notification-hub authorization-rule create ${hubNames(named)} --name acs-relay-send --rights Send\nSet ${setting} to the connection string of that policy.`,
        ),
      };
    case 'hub-missing':
      return {
        kind: 'wrong',
        ...point,
        why: 'The namespace has no hub with this name: it was deleted, or the name is misspelled.',
        fix: inAzure(
          `az notification-hub list ${namespaceNames(named)} --query "[].name"\nCorrect the hub name that belongs to ${setting}.`,
        ),
      };
    case 'unreachable':
      return {
        kind: 'wrong',
        ...point,
        why: `${endpoint} does not respond (${probe.reason}).`,
        fix: `curl --head ${endpoint}\nIf that fails too, check the DNS, firewall and proxy of this network; otherwise check Endpoint in ${setting}.`,
      };
    case 'token-expired':
      return {
        kind: 'could-not-check',
        ...point,
        why: `This machine's clock is so far behind that its tokens have expired on arrival (${probe.detail}).`,
        fix: "Correct this machine's clock, then run this command again.",
      };
    case 'unclear':
      return {
        kind: 'could-not-check',
        ...point,
        why: `The hub's response says nothing about the key: ${probe.detail}.`,
        fix: `Run this command again in a minute. If the problem persists, check the proxies between this machine and ${endpoint}.`,
      };
  }
}
