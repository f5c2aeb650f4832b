/** How one recording did. */
export interface JunitCase {
  readonly name: string;
  /** Why it failed, over as many lines as it takes; absent when it did not. */
  readonly failure?: string;
}

/**
 * A JUnit XML report with one test case per recording, as CI systems read it. It holds no times, so that the same
 * recordings make the same report.
 */
export function junitReport(cases: readonly JunitCase[]): string {
  const failures = cases.filter((each) => each.failure !== undefined).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="acs-relay" ${counts}>`,
    `  <testsuite name="replay" ${counts} skipped="0">`,
    ...cases.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ name, failure }: JunitCase): string {
  const start = `    <testcase classname="replay" name="${escapeXml(name)}"`;
  if (failure === undefined) return `${start}/>`;
  const message = escapeXml(failure.split('\n', 1).join(''));
  return `${start}>\n      <failure message="${message}">${escapeXml(failure)}</failure>\n    </testcase>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // XML 1.0 has no way at all to write these.
      .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
      .replace(/[&<>"']/g, (character) => entities[character] ?? character)
  );
}
