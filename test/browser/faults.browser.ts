import { describe, expect, it } from 'vitest';
import { inspectorPage } from '../support/browser/inspector-page.ts';
import { openPages } from '../support/browser/open-pages.ts';

const pages = openPages();

describe('a fault switch', () => {
  it('shows failed requests, their retries, and durations', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await page.getByLabel('Applies to').selectOption('2');
    await page.getByText('Unavailable (503)').click();
    await page.getByText('On, for 2 more requests.').waitFor();
    await inspector.raise('Added to a chat');
    await inspector.pushes.nth(3).waitFor();
    await inspector.stories.getByText('pushed', { exact: true }).waitFor();
    expect(await inspector.pushes.locator('.status').allTextContents()).toEqual(['503', '503', '201', '201']);
    await page.getByText('No fault is active.').waitFor();

    const rows = inspector.detail.getByRole('row');
    await rows.filter({ hasText: 'unavailable' }).nth(1).waitFor();
    expect(await rows.filter({ hasText: /try primary/ }).count()).toBe(4);
    expect(await rows.filter({ hasText: /push (APNs|FCM v1).*2 tries/ }).count()).toBe(2);
  });

  it('makes Event Grid redeliver while it stays on', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await page.getByLabel('Applies to').selectOption('all');
    await page.getByText('Wrong key (401)').click();
    await page.getByText('On, for all requests.').waitFor();
    await inspector.raise('Added to a chat');
    await inspector.stories.getByText(/^redelivery in/).waitFor();
    await page.getByText('No fault').click();
    await inspector.stories.getByText('2 deliveries').waitFor();
    await inspector.stories.getByText('pushed', { exact: true }).waitFor();
    const captions = await inspector.detail.getByText(/^Delivery \d to relayChat/).count();
    expect(captions).toBe(2);
  });

  it('shows one notification for two requests when it loses the answer', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await page.getByLabel('Applies to').selectOption('2');
    await page.getByText('Lost answer').click();
    await page.getByText('On, for 2 more requests.').waitFor();
    await inspector.raise('Duplicate delivery');
    await inspector.pushes.nth(3).waitFor();
    await inspector.pushes
      .getByText(/arrived, answer lost/)
      .first()
      .waitFor();
    await inspector.showDevice('sample-iphone');
    await inspector.notices.getByText('You should see me once.').waitFor();
    expect(await inspector.notices.count()).toBe(1);
  });
});

describe('a request that the hub rejects', () => {
  it('is in the list with its status and its findings', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    const hubUrl = pages.stack().emulator?.url;
    await fetch(`${hubUrl}/relay/messages/?direct&api-version=2015-04`, { method: 'POST', body: '{}' });
    await inspector.stories.getByText(/^Hub refused it: 401 /).waitFor();
    await inspector.stories.getByRole('button', { name: /Refused request/ }).click();
    await inspector.tab(/^Findings/);
    await inspector.detail.getByText('hub-sas-token').waitFor();
  });
});

describe('a poison event', () => {
  it('is dead-lettered and listed', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await inspector.raise('Poison event');
    await inspector.stories.getByText('poison', { exact: true }).waitFor();
    await page.getByRole('heading', { name: /^Dead letters \([1-9]/ }).waitFor();
    expect(await page.locator('.letters li').first().textContent()).toContain('IncomingCall');
    expect(await inspector.pushes.count()).toBe(0);
  });
});
