import { beforeAll, describe, expect, it } from 'vitest';
import { findFaults } from '../../support/bicep/find-faults.ts';
import { type BicepReader, openBicepReader } from '../../support/bicep/open-bicep-reader.ts';
import { readInfra } from '../../support/bicep/read-infra.ts';

let read: BicepReader;
beforeAll(async () => {
  read = await openBicepReader();
});

const faultsOf = (main: string, others: Readonly<Record<string, string>> = {}) =>
  findFaults(
    Object.entries({ 'main.bicep': main, ...others }).map(([path, text]) => read(path, text)),
    ['main.bicep', 'main.bicepparam'],
  );

describe('infra/', () => {
  it('has no fault that can be found without resource types', async () => {
    const { files } = await readInfra();
    expect(files.map(({ path }) => path)).toContain('modules/notification-hub.bicep');
    const entries = [
      'event-subscriptions.bicep',
      'event-subscriptions.bicepparam',
      'main.bicep',
      'main.bicepparam',
    ];
    expect(findFaults(files, entries)).toEqual([]);
  });
});

describe('findFaults', () => {
  it.each([
    ['an open brace', 'var x = {\n  a: 1\noutput o object = x', /^main\.bicep:\d+: .* is not valid Bicep$/],
    ['a name that nothing declares', 'output o string = nobody', 'main.bicep:1: nothing declares nobody'],
    ['a name inside a text', `output o string = 'to \${nobody}'`, 'main.bicep:1: nothing declares nobody'],
    ['a variable that nothing uses', 'var x = 1', 'main.bicep:1: nothing uses x'],
    ['a parameter that nothing uses', 'param x string', 'main.bicep:1: nothing uses x'],
    ['a second declaration', 'var x = 1\nvar x = 2\noutput o int = x', 'main.bicep:2: x is declared twice'],
    [
      'a function that does not exist',
      'output o string = shout(1)',
      'main.bicep:1: shout is not a function that this check knows',
    ],
    [
      'a resource without a version',
      "resource r 'Microsoft.Storage/storageAccounts' = {\n  name: 'r'\n}",
      'main.bicep:1: Microsoft.Storage/storageAccounts has no version',
    ],
    [
      'a module of a registry',
      "module m 'br/public:avm/res/web/site:0.15.1' = {\n  name: 'm'\n}",
      'main.bicep:1: the module br/public:avm/res/web/site:0.15.1 is not in this repository',
    ],
  ])('reports %s', (_, text, fault) => {
    expect(faultsOf(text)).toEqual(typeof fault === 'string' ? [fault] : [expect.stringMatching(fault)]);
  });

  it('reports two declarations that need each other', () => {
    const text = 'var a = b\nvar b = a';
    expect(faultsOf(text)).toEqual(['main.bicep:1: a needs itself', 'main.bicep:2: b needs itself']);
  });

  it('reports a loop variable outside its loop', () => {
    const text = "var list = ['a']\nvar all = [for one in list: one]\noutput o array = union(all, [one])";
    expect(faultsOf(text)).toEqual(['main.bicep:3: nothing declares one']);
  });

  it('reports parameters and outputs that do not match a module, and a module that nothing uses', () => {
    const main =
      "module m 'm.bicep' = {\n  name: 'm'\n  params: {\n    b: 1\n  }\n}\noutput o string = m.outputs.none";
    const others = { 'm.bicep': 'param a int\noutput some int = a', 'idle.bicep': 'output o int = 1' };
    expect(faultsOf(main, others)).toEqual([
      'main.bicep:1: m.bicep is not given a',
      'main.bicep:1: m.bicep has no parameter b',
      'main.bicep:7: m.bicep has no outputs.none',
      'idle.bicep:1: nothing uses this file',
    ]);
  });

  it('reports a parameter file that does not match', () => {
    const others = { 'main.bicepparam': "using 'main.bicep'\nparam b = 1" };
    expect(faultsOf('param a int\noutput o int = a', others)).toEqual([
      'main.bicepparam:1: a of main.bicep is not given',
      'main.bicepparam:2: main.bicep has no parameter b',
    ]);
  });
});
