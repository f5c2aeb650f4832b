import * as z from 'zod/mini';
import { dataObject } from '../shared/schema.ts';
import type { TableRow } from '../storage/table-store.ts';
import type { StoredDevice } from './stored-device.ts';

const cellsSchema = dataObject({
  platform: z.enum(['apns', 'fcmv1']),
  handle: z.string().check(z.minLength(1)),
  voipHandle: z.optional(z.string().check(z.minLength(1))),
  locale: z.optional(z.string()),
  registeredAtMs: z.number(),
  expiresAtMs: z.number(),
  active: z.boolean(),
});
const claimsSchema = z.catch(z.string(), '');
const sweepDaySchema = z.catch(z.optional(z.string().check(z.regex(/^\d{8}$/))), undefined);

/** Reads a row of the table `devices`; one that cannot be read is inactive and has no device. */
export function readStoredDevice(row: TableRow): StoredDevice {
  const claims = claimsSchema
    .parse(row.cells['claims'])
    .split(' ')
    .filter((hash) => hash !== '');
  const sweepDay = sweepDaySchema.parse(row.cells['sweepDay']);
  const filed = sweepDay === undefined ? {} : { sweepDay };
  const parsed = z.safeParse(cellsSchema, row.cells);
  if (!parsed.success) return { row, active: false, claims, ...filed };
  const { active, voipHandle, locale, ...rest } = parsed.data;
  const device = {
    recipientId: row.partitionKey,
    deviceId: row.rowKey,
    ...rest,
    ...(voipHandle === undefined ? {} : { voipHandle }),
    ...(locale === undefined ? {} : { locale }),
  };
  return { row, device, active, claims, ...filed };
}
