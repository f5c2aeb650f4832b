import { describe, expect, it } from 'vitest';
import { inspectorPage } from '../support/browser/inspector-page.ts';
import { openPages } from '../support/browser/open-pages.ts';

const pages = openPages();

describe('a ring in the inspector', () => {
  it('appears on both phones, counts down, and ends at its deadline', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await inspector.raise('Ring');
    await inspector.showDevice('sample-iphone');
    const iphone = inspector.phone('sample-iphone');
    await iphone.getByText('Incoming call').waitFor();
    expect(await iphone.locator('.call-name').textContent()).toBe('Ben Okafor');
    expect(await iphone.locator('.countdown').textContent()).toMatch(/^0:0[1-8]$/);

    await inspector.showDevice('sample-android');
    await inspector.phone('sample-android').getByText('Incoming call').waitFor();

    await inspector.phone('sample-android').locator('.call').waitFor({ state: 'detached' });
    await inspector.showDevice('sample-iphone');
    await iphone.locator('.lock-time').waitFor();
    expect(await iphone.locator('.call').count()).toBe(0);
  });

  it('can be viewed later, marked as over', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await inspector.raise('Ring');
    await inspector.phone('sample-android').or(inspector.phone('sample-iphone')).locator('.call').waitFor();
    await page.locator('.row-push').first().click();
    await page.getByText('The ring is over').waitFor();
    await inspector.showNow();
    expect(await page.locator('.call').count()).toBe(0);
  });

  it('stops when the call is answered elsewhere', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await inspector.raise('Ring, answer elsewhere');
    await inspector.showDevice('sample-iphone');
    const iphone = inspector.phone('sample-iphone');
    await iphone.locator('.call').waitFor();
    await page.getByText('The app stops the ring: it was answered elsewhere.').first().waitFor();
    await iphone.locator('.call').waitFor({ state: 'detached' });
    expect(await inspector.notices.count()).toBe(0);
  });

  it('leaves a missed call when the caller hangs up, in the language of the device', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await inspector.raise('Ring, hang up');
    await inspector.showDevice('sample-iphone');
    const notice = inspector.phone('sample-iphone').locator('.notice');
    await notice.waitFor();
    expect(await notice.locator('.notice-title').textContent()).toBe('Ben Okafor');
    expect(await notice.locator('.notice-body').textContent()).toBe('Missat samtal');
    expect(await page.locator('.phone-locale').textContent()).toBe('locale sv');
  });

  it('becomes a missed call when it is late, also as a CloudEvent', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await page.getByText('CloudEvents', { exact: true }).click();
    await inspector.raise('Late ring');
    await inspector.showDevice('sample-android');
    await inspector.phone('sample-android').getByText('Missed call').waitFor();
    await inspector.tab(/^Event/);
    expect(await inspector.detail.textContent()).toContain('"specversion": "1.0"');
  });
});
