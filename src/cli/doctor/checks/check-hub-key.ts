import type { Clock } from '../../../config/clock.ts';
import type { ClockReading } from '../../hub-probe/hub-probe.ts';
import { probeHub } from '../../hub-probe/probe-hub.ts';
import { shellWord } from '../../shell-word.ts';
import type { ConfiguredHub } from '../configured-hub.ts';
import type { Finding } from '../finding.ts';
import { hubNames } from '../hub-names.ts';

/** What a hub said, and when. */
export interface CheckedHubKey {
  readonly finding: Finding;
  readonly clock?: ClockReading;
}

/** Can the hub be reached, does it exist, and may the key of the settings send? Nothing is sent to anyone. */
export async function checkHubKey(configured: ConfiguredHub, now: Clock): Promise<CheckedHubKey> {
  const { hub, setting, resource } = configured;
  const { probe, clock } = await probeHub(hub, now);
  const point = { check: 'hub-key', about: hub.hubName } as const;
  const rule = shellWord(hub.connection.keyName);
  const names = hubNames(resource ?? hub);
  const found = (finding: Finding): CheckedHubKey => (clock === undefined ? { finding } : { finding, clock });
  switch (probe.kind) {
    case 'accepted':
      return found({
        kind: 'ok',
        ...point,
        why: 'The hub answers and takes the key. Nothing was sent to anyone.',
      });
    case 'key-refused':
      return found({
        kind: 'wrong',
        ...point,
        why: `The hub refuses the key in ${setting}, with a token signed just now (${probe.detail}): the key was regenerated since, or belongs to another hub.`,
        mend: `az notification-hub authorization-rule list-keys ${names} --name ${rule} --query primaryConnectionString --output tsv, and set ${setting} to what it prints`,
      });
    case 'send-missing':
      return found({
        kind: 'wrong',
        ...point,
        why: `The access policy in ${setting} lacks the right Send (${probe.detail}).`,
        mend: `az notification-hub authorization-rule create ${names} --name acs-relay-send --rights Send, and set ${setting} to the connection string of that policy`,
      });
    case 'hub-missing':
      return found({
        kind: 'wrong',
        ...point,
        why: 'The namespace has no hub of this name: it was removed, or the name is spelled in another way.',
        mend: `az notification-hub list ${names.replace(/ --notification-hub-name .*/, '')} --query "[].name", and set the name of the hub beside ${setting}`,
      });
    case 'unreachable':
      return found({
        kind: 'wrong',
        ...point,
        why: `${hub.connection.endpoint} gives no answer (${probe.reason}).`,
        mend: `Check Endpoint in ${setting}, and from this network: curl --head ${hub.connection.endpoint}`,
      });
    case 'token-expired':
      return found({
        kind: 'could-not-check',
        ...point,
        why: `The clock of this machine is so late that its tokens are over before they arrive (${probe.detail}).`,
        mend: 'Set the clock of this machine, then run this command again.',
      });
    case 'unclear':
      return found({
        kind: 'could-not-check',
        ...point,
        why: `What the hub answers tells nothing about the key: ${probe.detail}.`,
        mend: `Run this command again in a minute; if it stays so, look at the hub's own test send in the Azure portal, and at proxies between here and ${hub.connection.endpoint}.`,
      });
  }
}
