import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLedger } from '../../../src/deliveries/ledger.ts';
import type { TableService } from '../../../src/storage/tables.ts';
import { storages } from '../../contract/deliveries/support/storages.ts';
import { createFaultyTables } from './support/create-faulty-tables.ts';
import { ledgerCommands, type Real, startMs } from './support/ledger-commands.ts';
import { type Model, newModel } from './support/ledger-model.ts';

const setup = (storage: TableService): { model: Model; real: Real } => {
  const faulty = createFaultyTables(storage);
  let ids = 0;
  const ledger = createLedger({ tables: faulty.tables, newId: () => `id-${++ids}` });
  return { model: newModel(startMs), real: { ...faulty, ledger, claims: [] } };
};

const limits = {
  memory: { numRuns: 2_000 },
  // Real requests take real time: as many runs as fit, but enough of them to mean something.
  Azurite: { numRuns: 400, interruptAfterTimeLimit: 8_000 },
};

describe.each(storages)('ledger on $name against a plain model', ({ name, tables }) => {
  it('agrees on every answer', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.commands(ledgerCommands, { maxCommands: 60, size: 'max' }), async (commands) => {
        runs += 1;
        await fc.asyncModelRun(() => setup(tables()), commands);
      }),
      name === 'memory' ? limits.memory : limits.Azurite,
    );
    expect(runs).toBeGreaterThan(10);
  });
});
