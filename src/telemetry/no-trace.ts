import type { TraceScope } from './trace-scope.ts';

/** The scope when nobody records: the work is done, and nothing else. */
export const noTrace: TraceScope = { run: (_step, work) => work(noTrace) };
