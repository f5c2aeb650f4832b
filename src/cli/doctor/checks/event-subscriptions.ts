import type { AcsResource } from '../../arm/communication.ts';
import type { EventSubscription } from '../../arm/event-grid.ts';
import type { Arm } from '../../arm/open-arm.ts';
import { shellWord } from '../../terminal.ts';
import { type Finding, unanswered } from '../finding.ts';
import {
  judgeSubscription,
  type WantedSubscription,
  wantedCallEvents,
  wantedChatEvents,
} from './wanted-subscription.ts';

const functionShape = /^(.*\/sites\/[^/]+(?:\/slots\/[^/]+)?)\/functions\/([^/]+)$/i;

interface SubscriptionContext {
  readonly acs: AcsResource;
  /** Resource id of the Function App; when set, subscriptions for other apps are ignored. */
  readonly appId?: string;
  /** Shell text that expands to the resource id of the relay's storage account. */
  readonly storageId: string;
}

/** Do calls and chat reach the relay, through subscriptions with suitable types, retries and dead-lettering? */
export async function checkEventSubscriptions(
  context: SubscriptionContext,
  arm: Pick<Arm, 'eventSubscriptions'>,
): Promise<readonly Finding[]> {
  const answer = await arm.eventSubscriptions(context.acs);
  const wanted = [wantedCallEvents, wantedChatEvents];
  if (answer.kind === 'failed') {
    return wanted.map(({ check }) => unanswered(check, context.acs.name, answer));
  }
  const subscriptions = answer.kind === 'found' ? answer.value : [];
  return wanted.flatMap((each) => checkOne(each, subscriptions, context));
}

function checkOne(
  wanted: WantedSubscription,
  subscriptions: readonly EventSubscription[],
  context: SubscriptionContext,
): readonly Finding[] {
  const { check, functionName } = wanted;
  const ours = subscriptions.filter((subscription) => delivers(subscription, wanted, context.appId));
  if (ours.length === 0) {
    return [
      {
        kind: 'wrong',
        check,
        about: context.acs.name,
        why: `No event subscription delivers ${check === 'call-events' ? 'calls' : 'chat'} to ${functionName} (${subscriptions.length} in total).`,
        fix: createCommand(wanted, subscriptions, context),
      },
    ];
  }
  return ours.flatMap((subscription): readonly Finding[] => {
    const point = { check, about: subscription.name };
    const problems = judgeSubscription(subscription, wanted, context);
    if (problems.length > 0) return problems.map((problem) => ({ kind: 'wrong', ...point, ...problem }));
    const { maxDeliveryAttempts, ttlMinutes } = subscription;
    const why = `It delivers to ${functionName}, up to ${maxDeliveryAttempts} times within ${ttlMinutes} minutes, with dead-lettering.`;
    return [{ kind: 'ok', ...point, why }];
  });
}

/** A Function is identified by its resource id. The webhook serves both, so there the event types decide. */
function delivers(
  { destination, eventTypes }: EventSubscription,
  { functionName, needed }: WantedSubscription,
  appId: string | undefined,
): boolean {
  const { endpointType, resourceId = '', endpointBaseUrl = '' } = destination;
  if (endpointType === 'AzureFunction') {
    const [, app = '', name = ''] = functionShape.exec(resourceId) ?? [];
    const sameApp = appId === undefined || app.toLowerCase() === appId.toLowerCase();
    return sameApp && name.toLowerCase() === functionName.toLowerCase();
  }
  const webhook = endpointType === 'WebHook' && /\/api\/events\/?$/i.test(endpointBaseUrl);
  return webhook && (eventTypes === undefined || needed.some((type) => eventTypes.includes(type)));
}

function createCommand(
  { name, functionName, needed, maxDeliveryAttempts, ttlMinutes, check }: WantedSubscription,
  subscriptions: readonly EventSubscription[],
  { acs, appId, storageId }: SubscriptionContext,
): string {
  const app = appId ?? appOf(subscriptions);
  const endpoint =
    app === undefined
      ? `'<resource id of the Function App>/functions/${functionName}'`
      : shellWord(`${app}/functions/${functionName}`);
  return [
    `az eventgrid event-subscription create --name ${name} --source-resource-id ${shellWord(acs.id)}`,
    `--endpoint-type azurefunction --endpoint ${endpoint}`,
    `--included-event-types ${needed.join(' ')}`,
    `--max-delivery-attempts ${maxDeliveryAttempts.set} --event-ttl ${ttlMinutes.set}`,
    ...(check === 'call-events' ? ['--max-events-per-batch 1'] : []),
    `--deadletter-endpoint "${storageId}/blobServices/default/containers/dead-letters"`,
  ].join(' ');
}

/** The Function App that another subscription delivers to. */
function appOf(subscriptions: readonly EventSubscription[]): string | undefined {
  for (const { destination } of subscriptions) {
    const [, app, name] = functionShape.exec(destination.resourceId ?? '') ?? [];
    if (app !== undefined && (name === 'relayCalls' || name === 'relayChat')) return app;
  }
  return undefined;
}
