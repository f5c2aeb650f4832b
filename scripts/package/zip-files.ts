import { type Zippable, zipSync } from 'fflate';

// As a time on the clock on the wall, whatever the time zone: a zip knows no other. It is the first that a zip can tell.
const NO_TIME = new Date(1980, 0, 1);
const UNIX = 3;
const READABLE = 0o100644 << 16;

/** Zips files by name. The same files give the same bytes on every machine: sorted, without times or owners. */
export function zipFiles(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries: Zippable = {};
  for (const name of [...files.keys()].sort()) {
    entries[name] = [files.get(name) ?? new Uint8Array(), { mtime: NO_TIME, os: UNIX, attrs: READABLE }];
  }
  return zipSync(entries, { level: 9 });
}
