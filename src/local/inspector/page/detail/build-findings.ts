import type { Finding } from '../../../hub-emulator/conformance/finding.ts';
import { deviceName } from '../device-name.ts';
import { el } from '../el.ts';
import type { DetailSubject } from './detail-subject.ts';

const judges = { 'notification-hubs': 'Notification Hubs', apns: 'APNs', fcm: 'FCM v1' } as const;

/** What Notification Hubs, APNs and FCM would object to. */
export function buildFindings({ story, push, phones }: DetailSubject): HTMLElement {
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
        ? 'Nothing was sent, so there is nothing to object to.'
        : 'No objections: Notification Hubs, APNs and FCM v1 would take it as it is.',
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
