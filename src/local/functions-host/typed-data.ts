import type { RpcTypedData } from './rpc.ts';

/** Wraps a value for the worker: text as `string`, bytes as `bytes`, whole numbers as `int`, the rest as JSON. */
export function toTypedData(value: unknown): RpcTypedData {
  if (typeof value === 'string') return { string: value };
  if (value instanceof Uint8Array) return { bytes: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { int: value } : { double: value };
  return { json: JSON.stringify(value ?? null) };
}
