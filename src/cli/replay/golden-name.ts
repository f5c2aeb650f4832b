/** Where the golden file of a recording stands below the folder of goldens, with `/` between the parts. */
export function goldenName(recordingName: string): string {
  return `${recordingName.replace(/\.json$/, '')}.golden.json`;
}
