import { type Zippable, zipSync } from 'fflate';

// Local time, because a zip stores no time zone. 1980 is the earliest year that a zip can store.
const earliestTime = new Date(1980, 0, 1);
const unix = 3;
const readableFile = 0o100644 << 16;

/** Zips files by name. The same files produce the same bytes on every machine: sorted, without times or owners. */
export function zipFiles(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries: Zippable = {};
  for (const name of [...files.keys()].sort()) {
    entries[name] = [
      files.get(name) ?? new Uint8Array(),
      { mtime: earliestTime, os: unix, attrs: readableFile },
    ];
  }
  return zipSync(entries, { level: 9 });
}
