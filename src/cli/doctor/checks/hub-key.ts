import { type ClockReading, type HubProbe, probeHub } from '../../../notification-hubs/probe.ts';
import type { Clock } from '../../../shared/time.ts';
import { hubNames, namespaceNames } from '../../arm/hub-resource.ts';
import { shellWord } from '../../terminal.ts';
import type { Finding } from '../finding.ts';
import type { ConfiguredHub } from '../scope.ts';

const limitMs = 5_000;

/** What a hub said, and when. */
interface CheckedHubKey {
  readonly finding: Finding;
  readonly clock?: ClockReading;
}

/** Can the hub be reached, does it exist, and may the key of the settings send? Nothing is sent to anyone. */
export async function checkHubKey(configured: ConfiguredHub, now: Clock): Promise<CheckedHubKey> {
  const { probe, clock } = await probeHub(configured.hub, now);
  const finding = describe(probe, configured);
  return clock === undefined ? { finding } : { finding, clock };
}

/**
 * Does this machine's clock agree with the hub's? The `Date` of an answer is cut to the second and was written at some
 * moment between request and answer, so only the skew that is left after both is counted.
 */
export function checkClock(reading: ClockReading | undefined): Finding {
  if (reading === undefined) {
    return {
      kind: 'could-not-check',
      check: 'clock',
      why: 'No hub gave an answer with a date.',
      mend: 'Mend what is wrong with the hub first, then run this command again.',
    };
  }
  const skewMs = leastSkew(reading);
  const seconds = Math.abs(Math.round(skewMs / 1000));
  if (Math.abs(skewMs) <= limitMs) {
    return { kind: 'ok', check: 'clock', why: "This machine's clock agrees with the hub's." };
  }
  return {
    kind: 'wrong',
    check: 'clock',
    why: `This machine's clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} the hub's. A ring has 30 s, and the hub refuses tokens by its own clock.`,
    mend: 'Turn on network time, such as: sudo timedatectl set-ntp true',
  };
}

function describe(probe: HubProbe, { hub, setting, resource }: ConfiguredHub): Finding {
  const point = { check: 'hub-key', about: hub.hubName } as const;
  const named = resource ?? hub;
  const { endpoint, keyName } = hub.connection;
  // An emulator is in no resource group: there is nothing to ask the Azure CLI about.
  const local = resource === undefined && endpoint.startsWith('http:');
  const inAzure = (mend: string): string =>
    local ? `Set ${setting} as docs/local-run.md says: ${endpoint} is a local hub.` : mend;
  switch (probe.kind) {
    case 'accepted':
      return { kind: 'ok', ...point, why: 'The hub answers and takes the key. Nothing was sent to anyone.' };
    case 'key-refused':
      return {
        kind: 'wrong',
        ...point,
        why: `The hub refuses the key in ${setting}, with a token signed just now (${probe.detail}): the key was regenerated since, or belongs to another hub.`,
        mend: inAzure(
          `az notification-hub authorization-rule list-keys ${hubNames(named)} --name ${shellWord(keyName)} --query primaryConnectionString --output tsv\nSet ${setting} to what it prints.`,
        ),
      };
    case 'send-missing':
      return {
        kind: 'wrong',
        ...point,
        why: `The access policy in ${setting} lacks the right Send (${probe.detail}).`,
        mend: inAzure(
          `az notification-hub authorization-rule create ${hubNames(named)} --name acs-relay-send --rights Send\nSet ${setting} to the connection string of that policy.`,
        ),
      };
    case 'hub-missing':
      return {
        kind: 'wrong',
        ...point,
        why: 'The namespace has no hub of this name: it was removed, or the name is spelled in another way.',
        mend: inAzure(
          `az notification-hub list ${namespaceNames(named)} --query "[].name"\nSet the name of the hub beside ${setting}.`,
        ),
      };
    case 'unreachable':
      return {
        kind: 'wrong',
        ...point,
        why: `${endpoint} gives no answer (${probe.reason}).`,
        mend: `curl --head ${endpoint}\nIf that fails too, look at DNS, firewall and proxy of this network, else at Endpoint in ${setting}.`,
      };
    case 'token-expired':
      return {
        kind: 'could-not-check',
        ...point,
        why: `The clock of this machine is so late that its tokens are over before they arrive (${probe.detail}).`,
        mend: 'Set the clock of this machine, then run this command again.',
      };
    case 'unclear':
      return {
        kind: 'could-not-check',
        ...point,
        why: `What the hub answers tells nothing about the key: ${probe.detail}.`,
        mend: `Run this command again in a minute. If it stays so, look at proxies between here and ${endpoint}.`,
      };
  }
}

/** Milliseconds this machine is ahead; negative when behind; 0 when the readings allow that there is no skew. */
function leastSkew({ sentAtMs, receivedAtMs, dateMs }: ClockReading): number {
  if (receivedAtMs < dateMs) return receivedAtMs - dateMs;
  const endMs = dateMs + 1000;
  return sentAtMs > endMs ? sentAtMs - endMs : 0;
}
