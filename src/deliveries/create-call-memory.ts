import { hash } from 'node:crypto';
import { parseJson } from '../shared/json.ts';
import type { TableService } from '../storage/table-service.ts';
import type { TableRow } from '../storage/table-store.ts';
import { type CallFact, callFact } from './call-fact.ts';
import type { CallMemory } from './call-memory.ts';
import { dayTableName } from './day-table-name.ts';
import { dayTablePrefixes } from './day-table-prefixes.ts';
import { foldCallFacts } from './fold-call-facts.ts';
import { unreadableRowError } from './unreadable-row-error.ts';

// Together one day, which touches two UTC days at most: so a read is never more than two requests.
const LOOK_BACK_MS = (24 * 60 - 5) * 60_000;
const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Call memory on one table a day. A row is one fact, its key the hash of the fact: writing it again changes nothing, and
 * two writers never meet in a row unless they say the same. A partition is one call.
 */
export function createCallMemory({ tables }: { readonly tables: TableService }): CallMemory {
  const remember = async (callId: string, fact: CallFact): Promise<void> => {
    const text = JSON.stringify(fact);
    const table = tables.table(dayTableName(dayTablePrefixes.calls, fact.atMs));
    await table.put(sha256(callId), `${fact.kind}-${sha256(text)}`, { fact: text });
  };

  return {
    rememberRung: (callId, recipientId, { atMs, deviceIds, callerId, callerName }) =>
      remember(callId, {
        kind: 'rung',
        userId: recipientId,
        atMs,
        deviceIds: [...deviceIds].sort(),
        callerId,
        callerName,
      }),
    markJoined: (callId, userId, atMs) => remember(callId, { kind: 'joined', userId, atMs }),
    markEnded: (callId, atMs) => remember(callId, { kind: 'ended', atMs }),
    async readCall(callId, nowMs, sinceMs = 0) {
      const firstMs = Math.max(nowMs - LOOK_BACK_MS, Math.min(sinceMs, nowMs) - CLOCK_SKEW_MS);
      const names = new Set(
        [firstMs, nowMs + CLOCK_SKEW_MS].map((ms) => dayTableName(dayTablePrefixes.calls, ms)),
      );
      const partition = sha256(callId);
      const rows = await Promise.all([...names].map((name) => tables.table(name).list(partition)));
      return foldCallFacts(rows.flat().map(readFact));
    },
  };
}

function readFact(row: TableRow): CallFact {
  const parsed = callFact.safeParse(parseJson(String(row.cells['fact'])));
  if (!parsed.success) throw unreadableRowError('call memory', row.partitionKey, parsed.error);
  return parsed.data;
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
