import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTimer } from '../../../src/app/compose-app.ts';
import { startAttempt } from '../../../src/app/handle-events.ts';
import { createCallMemory } from '../../../src/deliveries/call-memory.ts';
import { createLedger } from '../../../src/deliveries/ledger.ts';
import { createMessageMemory } from '../../../src/deliveries/message-memory.ts';
import type { DirectSendClient } from '../../../src/notification-hubs/direct-send-client.ts';
import type { RelayDeps } from '../../../src/relay/attempt.ts';
import { createRelay } from '../../../src/relay/relay.ts';
import type { TableService } from '../../../src/storage/tables.ts';
import { createUserReference } from '../../../src/telemetry/references.ts';
import { createTelemetry } from '../../../src/telemetry/telemetry.ts';
import { benchHub } from '../rivals/bench-push.ts';

export interface BenchRelayParts {
  readonly tables: TableService;
  readonly findDevices: RelayDeps['findDevices'];
  readonly hub: DirectSendClient;
}

/** Handles one delivered JSON value. Rejects unless it becomes exactly one accepted push. */
export type BenchRelay = (value: unknown) => Promise<void>;

/** The relay as it is composed in production, except that its log lines are discarded. */
export function createBenchRelay({ tables, findDevices, hub }: BenchRelayParts): BenchRelay {
  const relay = createRelay({
    clock: Date.now,
    sleep: (ms) => sleep(ms),
    startTimer,
    random: Math.random,
    mapping: { ringMs: 30_000, chatTtlMs: 86_400_000, chatContent: 'full' },
    defaultLocale: 'en',
    alertHub: [hub],
    voipHub: [hub],
    findDevices,
    ledger: createLedger({ tables, newId: randomUUID }),
    calls: createCallMemory({ tables }),
    messages: createMessageMemory({ tables }),
    deadLetter: async ({ message }) => {
      throw new Error(message);
    },
    userReference: createUserReference(benchHub.key, false),
    telemetry: createTelemetry(benchHub.key),
  });
  const ignore = () => {};
  const sink = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  return async (value) => {
    const invocation = { ...sink, functionName: 'relayChat', invocationId: randomUUID() };
    const report = await relay.handle(value, startAttempt(invocation, Date.now));
    if (report.kind === 'pushed' && report.settled && report.pushes.length === 1) return;
    throw new Error(`The benchmark event was not pushed: ${JSON.stringify(report)}`);
  };
}
