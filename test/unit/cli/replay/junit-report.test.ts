import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { junitReport } from '../../../../src/cli/replay/report.ts';

describe('junitReport', () => {
  it('has one test case per recording and counts the failures', () => {
    expect(junitReport([{ name: 'a.json' }, { name: 'odd/b.json', failure: 'first line\nsecond' }])).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="acs-relay" tests="2" failures="1" errors="0">
  <testsuite name="replay" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="replay" name="a.json"/>
    <testcase classname="replay" name="odd/b.json">
      <failure message="first line">first line
second</failure>
    </testcase>
  </testsuite>
</testsuites>
`,
    );
  });

  it('stays well-formed whatever stands in names and diffs', () => {
    const nasty = `<&>"' ]]> \u0000\u001b\uFFFF \ud83d end 😀`;
    const xml = junitReport([{ name: nasty, failure: nasty }]);
    expect(XMLValidator.validate(xml)).toBe(true);
    for (const character of ['\u0000', '\u001b', '\uFFFF']) expect(xml).not.toContain(character);
    const parsed = new XMLParser({ ignoreAttributes: false, processEntities: true }).parse(xml);
    const testCase = parsed.testsuites.testsuite.testcase;
    expect(testCase['@_name']).toBe(`<&>"' ]]> \uFFFD\uFFFD\uFFFD \uFFFD end 😀`);
    expect(testCase.failure['#text']).toBe(`<&>"' ]]> \uFFFD\uFFFD\uFFFD \uFFFD end 😀`);
  });

  it('is a report without recordings, too', () => {
    expect(XMLValidator.validate(junitReport([]))).toBe(true);
  });
});
