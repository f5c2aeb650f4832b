import { randomUUID } from 'node:crypto';
import type { App } from '../../app/app.ts';
import { startTimer } from '../../app/compose-app.ts';
import { createCallMemory } from '../../deliveries/call-memory.ts';
import { createLedger } from '../../deliveries/ledger.ts';
import type { DirectSendClient } from '../../notification-hubs/request.ts';
import type { Relay } from '../../relay/relay.ts';
import { createRelay } from '../../relay/relay.ts';
import { createScratchTables } from './create-scratch-tables.ts';

/**
 * The app's pipeline with nothing behind it: it reads the real devices, ledger and calls, keeps what it would write in
 * memory, and takes every push as accepted without sending it. Its reports say what the app would do now.
 */
export function createTrialRelay(app: Pick<App, 'config' | 'clock' | 'tables' | 'devices'>): Relay {
  const { ringMs, chatTtlMs, chatContent, defaultLocale, voipHub } = app.config;
  const tables = createScratchTables(app.tables);
  return createRelay({
    clock: app.clock,
    sleep: async () => {},
    startTimer,
    random: () => 0,
    mapping: { ringMs, chatTtlMs, chatContent },
    defaultLocale,
    alertHub: [nowhere],
    ...(voipHub === undefined ? {} : { voipHub: [nowhere] }),
    findDevices: app.devices.list,
    ledger: createLedger({ tables, newId: randomUUID }),
    calls: createCallMemory({ tables }),
    putAside: async () => {},
    userReference: () => '',
  });
}

const nowhere: DirectSendClient = {
  send: async () => ({ kind: 'accepted' }),
  sendBatch: async () => ({ kind: 'accepted' }),
  close: async () => {},
};
