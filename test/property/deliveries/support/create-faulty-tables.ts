import { RelayError } from '../../../../src/errors/errors.ts';
import type { TableService, TableStore, WriteResult } from '../../../../src/storage/tables.ts';
import type { Fault } from './ledger-model.ts';

export interface FaultyTables {
  readonly tables: TableService;
  /** Arms one fault for the writes that follow; undefined disarms. */
  readonly arm: (fault: Fault | undefined) => void;
  /** Has somebody else work right before the second write that follows: after its writer has read the row. */
  readonly overtake: (work: () => Promise<void>) => void;
}

/**
 * Storage on which one write goes wrong: it `fails` before it is done; its `answer-lost` after it was done; or the SDK
 * got no answer and `sdk-repeats` it, so that the second try meets the first one's row.
 */
export function createFaultyTables(inner: TableService): FaultyTables {
  let fault: Fault | undefined;
  let writes = 0;
  let overtaking: (() => Promise<void>) | undefined;
  const guard = async (write: () => Promise<WriteResult>): Promise<WriteResult> => {
    if (writes === 1 && overtaking !== undefined) {
      const work = overtaking;
      overtaking = undefined;
      await work();
    }
    const kind = fault?.atWrite === writes ? fault.kind : undefined;
    writes += 1;
    if (kind === 'fails') throw down();
    const result = await write();
    if (kind === 'answer-lost') throw down();
    return kind === 'sdk-repeats' ? write() : result;
  };
  const wrap = (store: TableStore): TableStore => ({
    ...store,
    insert: (...args) => guard(() => store.insert(...args)),
    put: (...args) => guard(() => store.put(...args)),
    replace: (...args) => guard(() => store.replace(...args)),
  });
  return {
    tables: { ...inner, table: (name) => wrap(inner.table(name)) },
    arm: (next) => {
      fault = next;
      writes = 0;
      overtaking = undefined;
    },
    overtake: (work) => {
      overtaking = work;
    },
  };
}

function down(): RelayError {
  return new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'Storage is down.' });
}
