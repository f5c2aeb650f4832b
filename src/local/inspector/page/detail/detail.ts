import type { Finding } from '../../../hub-emulator/conformance/finding.ts';
import { type Derived, type DetailSubject, deviceName } from '../derive.ts';
import { breakable, byId, el, jsonOf, renderKeyed } from '../dom.ts';
import { shortType } from '../format.ts';
import type { DetailTab, Store } from '../store.ts';
import { buildEvent, buildRequest } from './payloads.ts';
import { buildTimeline } from './timeline.ts';

const tabs: readonly (readonly [DetailTab, string])[] = [
  ['timeline', 'Timeline'],
  ['request', 'Request'],
  ['findings', 'Findings'],
  ['event', 'Event'],
];

/** The detail of the selection in tabs. Arrow keys move between tabs ("ARIA Authoring Practices", tabs). */
export function setUpDetail(store: Store): (derived: Derived) => void {
  const view = byId('detail-view');
  const buttons = tabs.map(([tab, label]) => {
    const button = el(
      'button',
      { type: 'button', role: 'tab', id: `tab-${tab}`, 'aria-controls': 'detail-view' },
      label,
    );
    button.addEventListener('click', () => store.set({ tab }));
    return { tab, label, button };
  });
  const list = el(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': 'Detail' },
    ...buttons.map(({ button }) => button),
  );
  list.addEventListener('keydown', ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step === undefined) return;
    const index = buttons.findIndex(({ tab }) => tab === store.get().tab);
    const next = buttons[(index + step + buttons.length) % buttons.length];
    if (next === undefined) return;
    store.set({ tab: next.tab });
    next.button.focus();
  });
  byId('detail-tabs').append(list);
  view.setAttribute('role', 'tabpanel');
  view.setAttribute('tabindex', '0');

  return (derived) => {
    const { tab } = store.get();
    view.setAttribute('aria-labelledby', `tab-${tab}`);
    const findings = findingCount(derived);
    for (const { tab: own, label, button } of buttons) {
      button.setAttribute('aria-selected', own === tab ? 'true' : 'false');
      button.tabIndex = own === tab ? 0 : -1;
      const text = own === 'findings' && findings > 0 ? `${label} (${findings})` : label;
      if (button.textContent !== text) button.textContent = text;
    }
    const { story, push, phones } = derived;
    renderKeyed(byId('detail-head'), [
      { key: 'head', signature: headline(derived), build: () => buildHead(derived) },
    ]);
    const builders = {
      timeline: buildTimeline,
      request: buildRequest,
      findings: buildFindings,
      event: buildEvent,
    };
    renderKeyed(view, [
      {
        key: tab,
        signature: [story && jsonOf(story), push?.push.pushId, JSON.stringify(phones)].join(),
        build: () => (story === undefined ? nothing() : builders[tab]({ ...derived, story })),
      },
    ]);
  };
}

function findingCount({ story, push }: Derived): number {
  if (push !== undefined) return push.push.findings.length;
  const pushes = story?.pushes.reduce((sum, { push: one }) => sum + one.findings.length, 0) ?? 0;
  return pushes + (story?.refusals.reduce((sum, { findings }) => sum + findings.length, 0) ?? 0);
}

function headline({ story, push }: Derived): string {
  if (story === undefined) return 'Detail';
  const name = story.eventType === undefined ? 'Request' : shortType(story.eventType);
  return push === undefined ? name : `${name} → ${push.push.format === 'apple' ? 'APNs' : 'FCM v1'}`;
}

function buildHead(derived: Derived): HTMLElement {
  return el('h2', { class: 'pane-title', id: 'detail-title' }, breakable(headline(derived)));
}

function nothing() {
  return el('p', { class: 'empty' }, 'Select an event or a push.');
}
function buildFindings({ story, push, phones }: DetailSubject): HTMLElement {
  const pushes = push === undefined ? story.pushes : [push];
  const sets = [
    ...pushes.map(({ push: one }) => ({ name: deviceName(one.handles, phones), findings: one.findings })),
    ...(push === undefined ? story.refusals : []).map(({ path, findings }) => ({ name: path, findings })),
  ].filter(({ findings }) => findings.length > 0);
  if (sets.length === 0) {
    return el(
      'p',
      { class: 'empty' },
      pushes.length === 0
        ? 'Nothing was sent, so there are no findings.'
        : 'No findings: Notification Hubs, APNs and FCM v1 would accept it as it is.',
    );
  }
  return el(
    'div',
    { class: 'findings' },
    ...sets.flatMap(({ name, findings }) => [
      el('h3', {}, name),
      el('ul', {}, ...findings.map(buildFinding)),
    ]),
  );
}

const judges = { 'notification-hubs': 'Notification Hubs', apns: 'APNs', fcm: 'FCM v1' } as const;

function buildFinding({ severity, judge, rule, message, document }: Finding): HTMLElement {
  return el(
    'li',
    { class: 'finding' },
    el('span', { class: `badge tone-${severity === 'error' ? 'bad' : 'warning'}` }, severity),
    el('strong', {}, `${judges[judge]}: `),
    message,
    el('p', { class: 'muted' }, el('code', {}, rule), ` · ${document}`),
  );
}
