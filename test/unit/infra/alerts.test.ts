import { beforeAll, describe, expect, it } from 'vitest';
import { type Infra, readInfra } from '../../support/bicep/read-infra.ts';
import { codeWords, readPage, tableRows } from '../docs/read-pages.ts';

const file = 'modules/alerts.bicep';
let infra: Infra;
beforeAll(async () => {
  infra = await readInfra();
});
const list = (name: string): readonly unknown[] => {
  const { value } = infra.find(file, 'var', name);
  return Array.isArray(value) ? value : [];
};
const names = () => [...list('rules'), ...list('undelivered')].map((rule) => String(Object(rule).name));
const queries = () => list('rules').map((rule) => String(Object(rule).query));

describe('the alerts', () => {
  it('are the six of the runbook', () => {
    expect(names()).toEqual([
      'dead-letters',
      'misconfigured-hub',
      'slow-rings',
      'failed-executions',
      'event-grid-dead-letters',
      'event-grid-dropped',
    ]);
  });

  it('are each explained in the runbook under the anchor they link to', () => {
    const { anchors } = readPage('docs/operations.md');
    expect(names().filter((name) => !anchors.has(name))).toEqual([]);
  });

  it('query only log fields that docs/telemetry.md documents', () => {
    const fields = queries().flatMap((query) =>
      [...query.matchAll(/\bline\.(\w+)/g)].map(([, name]) => name),
    );
    expect([...new Set(fields)].toSorted()).toEqual([
      'event',
      'failures',
      'kind',
      'outcome',
      'ringLatencyMs',
    ]);
    const known = tableRows(readPage('docs/telemetry.md')).flatMap(([cell = '']) => codeWords(cell));
    expect(fields.filter((field) => !known.includes(String(field)))).toEqual([]);
  });

  it('replace the placeholder for the limit of a slow ring', () => {
    expect(queries()[2]).toMatch(/SLOW_RING_MS.*'SLOW_RING_MS', string\(slowRingMs\)/);
  });

  it('can be created in the same deployment as Application Insights, which may not know its tables yet', () => {
    const rule = infra.find(file, 'resource', 'logAlerts').value;
    expect(infra.at(rule, 'properties.skipQueryValidation')).toBe(true);
  });

  it('send mail only when an address is given', () => {
    expect(infra.find(file, 'resource', 'operators').condition).toBe('(!empty(email))');
    const actions = infra.at(
      infra.find(file, 'resource', 'logAlerts').value,
      'properties.actions.actionGroups',
    );
    expect(actions).toBe('=empty(email) ? [] : [operators.id]');
  });
});
