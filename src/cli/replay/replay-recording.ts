import { loadConfig } from '../../config/load-config.ts';
import type { RelayConfig } from '../../config/relay-config.ts';
import { createCallMemory } from '../../deliveries/call-memory.ts';
import { createLedger } from '../../deliveries/ledger.ts';
import { createMessageMemory } from '../../deliveries/message-memory.ts';
import type { Device } from '../../devices/device.ts';
import { eventTime } from '../../events/parse-event.ts';
import { createDirectSendClient } from '../../notification-hubs/direct-send-client.ts';
import type { EventReport } from '../../relay/event-report.ts';
import { createRelay } from '../../relay/relay.ts';
import { createMemoryTableService } from '../../storage/memory-tables.ts';
import type { Recording } from './recording.ts';
import { createRequestLog, describeReport, type Replayed, type ReplayedEvent } from './replayed.ts';

// RFC 2606 reserves `.invalid` for names that never resolve.
const replayHubs = {
  NOTIFICATION_HUB_CONNECTION_STRING:
    'Endpoint=sb://replay.invalid/;SharedAccessKeyName=replay;SharedAccessKey=replay',
  NOTIFICATION_HUB_NAME: 'alert',
  NOTIFICATION_HUB_VOIP_NAME: 'voip',
  RELAY_STORAGE: 'UseDevelopmentStorage=true',
} as const;

/** The settings that a replay accepts. Hubs, storage and authentication do not affect it. */
export const replaySettingNames = [
  'CHAT_CONTENT',
  'CHAT_TTL_SECONDS',
  'DEFAULT_LOCALE',
  'RING_SECONDS',
] as const;

/**
 * The config of a replay: the relay's defaults, hubs that do not exist, and the given settings. It ignores the environment,
 * so that a replay is the same everywhere.
 *
 * @throws RelayError `CONFIG_INVALID` for a value that the relay would reject.
 */
export function replaySettings(settings: Readonly<Record<string, string>>): RelayConfig {
  return loadConfig({ ...replayHubs, ...settings }).config;
}

interface ReplayDeps {
  readonly config: RelayConfig;
  readonly devicesOf: (recipientId: string) => readonly Device[];
  /** Delay between each event and its delivery, milliseconds. */
  readonly lateMs: number;
}

/**
 * Puts one recorded delivery through the relay, one event after another, with the clock set to the time of each event. The
 * relay remembers earlier events of the same recording (rings, deliveries), but nothing of other recordings, so the result
 * does not depend on them.
 */
export async function replayRecording(recording: Recording, deps: ReplayDeps): Promise<Replayed> {
  const handle = createReplay(deps);
  const events: ReplayedEvent[] = [];
  for (const body of bodiesOf(recording.text)) events.push(await handle(body));
  return { name: recording.name, events };
}

type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string };

function createReplay({ config, devicesOf, lateMs }: ReplayDeps): (body: Body) => Promise<ReplayedEvent> {
  let nowMs = 0;
  let claims = 0;
  const clock = () => nowMs;
  const tables = createMemoryTableService();
  const { ringMs, chatTtlMs, chatContent, defaultLocale, alertHub, voipHub } = config;
  const requests = createRequestLog(alertHub.primary.connection.endpoint);
  const client = (hub: typeof alertHub.primary) =>
    createDirectSendClient({ hub, transport: requests.transport, clock });
  const relay = createRelay({
    clock,
    sleep: async () => {},
    startTimer: () => () => {},
    random: () => 0,
    mapping: { ringMs, chatTtlMs, chatContent },
    defaultLocale,
    alertHub: [client(alertHub.primary)],
    ...(voipHub === undefined ? {} : { voipHub: [client(voipHub.primary)] }),
    findDevices: async (recipientId) => devicesOf(recipientId),
    ledger: createLedger({ tables, newId: () => String(claims++) }),
    calls: createCallMemory({ tables }),
    messages: createMessageMemory({ tables }),
    deadLetter: async () => {},
    userReference: (userId) => userId,
  });
  return async (body) => {
    // Poison may have no time.
    nowMs = body.kind === 'json' ? (eventTime(body.value) ?? 0) + lateMs : 0;
    const attempt = { functionName: 'replay', owner: 'replay', log: () => {}, budgetEndsMs: nowMs + 60_000 };
    const report: EventReport =
      body.kind === 'json'
        ? await relay.handle(body.value, attempt)
        : await relay.handleText(body.text, attempt);
    return describeReport(report, devicesOf, requests.take);
  };
}

function bodiesOf(text: string): readonly Body[] {
  try {
    const delivered: unknown = JSON.parse(text);
    const values: readonly unknown[] = Array.isArray(delivered) ? delivered : [delivered];
    return values.map((value) => ({ kind: 'json', value }));
  } catch {
    return [{ kind: 'text', text }];
  }
}
