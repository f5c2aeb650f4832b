import { type ErrorCode, RelayError } from '../errors/errors.ts';
import { type HttpHandler, jsonResponse } from './messages.ts';

interface HealthDeps {
  readonly checks: readonly HealthCheck[];
  /** How long one check may take, in milliseconds. Default 5,000. */
  readonly timeoutMs?: number;
}

/** One thing that the relay needs in order to work. */
interface HealthCheck {
  readonly name: string;
  /** Rejects when the check fails. */
  readonly check: () => Promise<void>;
}

/**
 * `GET /api/health`: runs all checks in parallel and responds with 200 or 503 and
 * `{ "status": "ok" | "failing", "checks": [{ "name", "ok", "code"? }] }`. It exposes names and codes, nothing else.
 */
export function createHealth({ checks, timeoutMs = 5_000 }: HealthDeps): HttpHandler {
  return async () => {
    const results = await Promise.all(checks.map((check) => run(check, timeoutMs)));
    const ok = results.every((result) => result.ok);
    return jsonResponse(ok ? 200 : 503, { status: ok ? 'ok' : 'failing', checks: results });
  };
}

interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly code?: ErrorCode;
}

async function run({ name, check }: HealthCheck, timeoutMs: number): Promise<CheckResult> {
  const late = Promise.withResolvers<CheckResult>();
  const timer = setTimeout(() => late.resolve({ name, ok: false, code: 'HEALTH_CHECK_TIMEOUT' }), timeoutMs);
  try {
    const checked = check().then((): CheckResult => ({ name, ok: true }));
    return await Promise.race([checked, late.promise]);
  } catch (error) {
    return { name, ok: false, code: error instanceof RelayError ? error.code : 'INTERNAL' };
  } finally {
    clearTimeout(timer);
  }
}
