import { loadConfig } from '../../config/load-config.ts';
import type { Environment } from '../../config/settings-reader.ts';
import { createReference, createUserReference } from '../../telemetry/references.ts';
import { inputUnusable } from '../input-unusable.ts';

/** What a log line can be looked up by. */
export interface Sought {
  readonly call?: string;
  readonly message?: string;
  readonly thread?: string;
  readonly user?: string;
}

/**
 * How log lines name a call, a message, a thread or a user, one line each: the field, and what it holds.
 *
 * @throws RelayError `CONFIG_INVALID`, or `INPUT_UNUSABLE` when nothing is sought or a message has no thread
 */
export function describeReferences(sought: Sought, env: Environment): string {
  const { call, message, thread, user } = sought;
  if (message !== undefined && thread === undefined) {
    throw inputUnusable('A message is found by its thread, too: give --thread as well as --message.');
  }
  const { alertHub, logUserIds } = loadConfig(env).config;
  const { key } = alertHub.primary.connection;
  const reference = createReference(key);
  const lines: string[] = [];
  if (call !== undefined) lines.push(`ref   ${reference('call', call)}`);
  if (thread !== undefined) {
    const ref = message === undefined ? reference('thread', thread) : reference('message', thread, message);
    lines.push(`ref   ${ref}`);
  }
  if (user !== undefined) lines.push(`user  ${createUserReference(key, logUserIds)(user)}`);
  if (lines.length === 0) throw inputUnusable('Say what to look for: --call, --thread, --message or --user.');
  return lines.map((line) => `${line}\n`).join('');
}
