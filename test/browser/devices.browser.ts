import { describe, expect, it } from 'vitest';
import { inspectorPage } from '../support/browser/inspector-page.ts';
import { openPages } from '../support/browser/open-pages.ts';

const pages = openPages();

describe('the device editor', () => {
  it('adds a device in a language, pushes to it in that language, and removes it', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await page.getByLabel('New device', { exact: true }).fill('tablet');
    await page.getByLabel('Platform of the new device').selectOption('Android');
    await page.getByLabel('Locale of the new device').selectOption('fr');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Remove tablet' }).waitFor();

    await inspector.raise('Late ring');
    await inspector.showDevice('tablet');
    await inspector.notices.getByText('Appel manqué').waitFor();
    expect(await page.locator('.phone-locale').textContent()).toBe('locale fr');

    await page.getByLabel('Locale of tablet').selectOption('es');
    await inspector.raise('Late ring');
    await inspector.showDevice('tablet');
    await inspector.notices.getByText('Llamada perdida').waitFor();

    await page.getByRole('button', { name: 'Remove tablet' }).click();
    await page.getByRole('button', { name: 'Remove tablet' }).waitFor({ state: 'detached' });
  });

  it('switches VoIP off: the iPhone rings by a notification', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    const voip = page.getByLabel('VoIP, sample-iphone');
    await voip.uncheck();
    await inspector.raise('Ring');
    await inspector.showDevice('sample-iphone');
    await inspector.notices.getByText(/time sensitive, rings for/).waitFor();
    expect(await inspector.notices.count()).toBe(1);
    expect(await page.locator('.call').count()).toBe(0);
    await inspector.notices.getByText(/time sensitive/).waitFor({ state: 'detached' });
    await voip.check();
    await page.locator('input[aria-label="VoIP, sample-iphone"]:checked').waitFor();
  });

  it('rejects an invalid device name', async () => {
    const page = await pages.open();
    await page.getByLabel('New device', { exact: true }).fill('no spaces, please');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    expect(await page.locator('#new-device:invalid').count()).toBe(1);
  });
});

describe('an offline phone', () => {
  it('receives waiting pushes when it is online again', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await page.getByLabel('Online, sample-android').uncheck();
    await page.getByRole('button', { name: 'sample-android (offline)' }).click();
    await inspector.raise('Duplicate delivery');
    await inspector.pushes.getByText(/waiting for the phone/).waitFor();
    await page.getByText('1 waiting').waitFor();
    expect(await inspector.phone('sample-android').locator('.notice').count()).toBe(0);
    await page.getByLabel('Online, sample-android').check();
    await inspector.showDevice('sample-android');
    await inspector.phone('sample-android').getByText('You should see me once.').waitFor();
  });
});
