import { deviceView } from '../../http/device-api.ts';
import type { AppIo } from '../app-io.ts';
import { counted } from '../counted.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { jsonText } from '../json-text.ts';
import { parseUser } from '../parse-user.ts';
import { textTable } from '../text-table.ts';
import { withRegistry } from './with-registry.ts';

/** What `devices list` was asked for. */
export interface ListOptions {
  readonly json?: boolean;
}

const columns = ['deviceId', 'platform', 'handle', 'voipHandle', 'locale', 'registeredAt', 'expiresAt'];
const heading = ['device', 'platform', 'handle', 'VoIP handle', 'locale', 'registered', 'expires'];

/**
 * `acs-relay devices list`: where a user can be pushed to. A user nobody has heard of has no devices.
 *
 * @throws RelayError `CONFIG_INVALID`, `INPUT_UNUSABLE` or `STORAGE_UNAVAILABLE`
 */
export async function runList(user: string, options: ListOptions, io: AppIo): Promise<ExitCode> {
  const recipientId = parseUser(user);
  const devices = await withRegistry(io, (registry) => registry.list(recipientId));
  const views = devices.map(deviceView);
  if (options.json) {
    io.out(views.map((view) => `${jsonText(view)}\n`).join(''));
  } else if (views.length === 0) {
    io.out('This user has no device that can be pushed to.\n');
  } else {
    const rows = views.map((view) => columns.map((column) => view[column] ?? '-'));
    io.out(`${textTable([heading, ...rows])}\n${counted(views.length, 'device')}.\n`);
  }
  return exitCode.same;
}
