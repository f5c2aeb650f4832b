import type { InspectorState } from '../../shared/inspector-state.ts';
import { sendAction } from '../connection.ts';
import { el } from '../dom.ts';
import type { Store } from '../store.ts';

const groups = [
  ['call', 'Calls'],
  ['chat', 'Chat'],
  ['trouble', 'Trouble'],
] as const;

const envelopes = [
  ['eventgrid', 'Event Grid'],
  ['cloudevents', 'CloudEvents'],
] as const;

/** A button per scenario. Its hint is shown while the button has the focus or the pointer. */
export function buildRaise(store: Store, { scenarios, userName }: InspectorState): HTMLElement {
  const initial = `Every event is for ${userName}, the sample user.`;
  const hint = el('p', { class: 'hint', 'aria-hidden': 'true' }, initial);
  const problem = el('p', { class: 'problem', role: 'alert' });
  const say = (text: string) => () => {
    hint.textContent = text;
  };
  const buttonOf = ({ id, label, hint: text }: InspectorState['scenarios'][number]) =>
    el(
      'button',
      {
        type: 'button',
        class: 'raise',
        'data-focus': `raise ${id}`,
        'aria-description': text,
        focus: say(text),
        blur: say(initial),
        pointerenter: say(text),
        pointerleave: say(initial),
        click: async () => {
          store.set({ follow: true, deviceId: undefined, moment: 'now' });
          problem.textContent =
            (await sendAction('raise', { scenario: id, envelope: store.get().envelope })) ?? '';
        },
      },
      label,
    );
  return el(
    'div',
    {},
    el('h3', {}, 'Envelope'),
    el(
      'div',
      { class: 'segments', role: 'radiogroup', 'aria-label': 'Envelope' },
      ...envelopes.map(([value, label]) =>
        el(
          'label',
          {},
          el('input', {
            type: 'radio',
            name: 'envelope',
            value,
            'data-focus': `envelope ${value}`,
            checked: store.get().envelope === value,
            change: () => store.set({ envelope: value }),
          }),
          el('span', {}, label),
        ),
      ),
    ),
    ...groups.map(([group, label]) =>
      el(
        'div',
        { class: 'raise-group', role: 'group', 'aria-label': label },
        el('h3', {}, label),
        el(
          'div',
          { class: 'raise-buttons' },
          ...scenarios.filter((scenario) => scenario.group === group).map(buttonOf),
        ),
      ),
    ),
    hint,
    problem,
  );
}
