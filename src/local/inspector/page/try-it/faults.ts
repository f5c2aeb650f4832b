import type { FaultKind } from '../../../hub-emulator/faults.ts';
import type { InspectorState } from '../../shared/inspector-state.ts';
import { sendAction } from '../connection.ts';
import { byId, el } from '../dom.ts';
import type { Store } from '../store.ts';

const faults: readonly (readonly [FaultKind | 'none', string])[] = [
  ['none', 'No fault'],
  ['throttle', 'Throttle (429)'],
  ['unavailable', 'Unavailable (503)'],
  ['timeout', 'Timeout'],
  ['wrong-key', 'Wrong key (401)'],
  ['lost-answer', 'Lost answer'],
];

/** The switch that makes the hub fail, for the next requests or for all of them. */
export function setUpFaults(_store: Store): (server: InspectorState) => void {
  const left = el('p', { class: 'hint', role: 'status' });
  const pushes = el(
    'select',
    { id: 'fault-pushes', class: 'text-field' },
    ...['1', '2', '4', '8'].map((value) =>
      el('option', { value }, value === '1' ? 'the next request' : `the next ${value} requests`),
    ),
    el('option', { value: 'all' }, 'all requests'),
  );
  pushes.value = '4';
  const send = async (kind: string) => {
    const amount = pushes.value === 'all' ? 'all' : Number(pushes.value);
    const problem = await sendAction('fault', { kind, pushes: amount });
    if (problem !== undefined) left.textContent = problem;
  };
  const radios = faults.map(([kind, label]) => {
    const radio = el('input', { type: 'radio', name: 'fault', value: kind, change: () => void send(kind) });
    return { kind, label, radio };
  });
  pushes.addEventListener('change', () => {
    const on = radios.find(({ radio }) => radio.checked);
    if (on !== undefined && on.kind !== 'none') void send(on.kind);
  });
  byId('try-faults').append(
    el('h3', {}, 'Hub fault'),
    el(
      'div',
      { class: 'choices', role: 'radiogroup', 'aria-label': 'Hub fault' },
      ...radios.map(({ radio, label }) => el('label', {}, radio, el('span', {}, label))),
    ),
    el('label', { class: 'field', for: 'fault-pushes' }, 'Applies to', pushes),
    left,
  );
  let shown = '';
  return ({ fault }) => {
    // Move the switch only on news from the server, so that it does not undo the user's choice.
    const said = JSON.stringify(fault ?? null);
    if (said === shown) return;
    shown = said;
    const kind = fault?.kind ?? 'none';
    for (const { kind: own, radio } of radios) radio.checked = own === kind;
    const text = fault === undefined ? 'No fault is active.' : `On, for ${leftText(fault.pushes)}.`;
    if (left.textContent !== text) left.textContent = text;
  };
}

function leftText(pushes: number | 'all'): string {
  if (pushes === 'all') return 'all requests';
  return pushes === 1 ? 'one more request' : `${pushes} more requests`;
}
