import { describe, expect, it } from 'vitest';
import { inspectorPage } from '../support/browser/inspector-page.ts';
import { openPages } from '../support/browser/open-pages.ts';

const pages = openPages();

describe('a message in the inspector', () => {
  it('is replaced by its edit and removed by its deletion', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await inspector.raise('Message, edit, deletion');
    await inspector.showDevice('sample-iphone');
    await inspector.notices.getByText('Lunch at twelve?').waitFor();
    await inspector.notices.getByText('Lunch at one?').waitFor();
    expect(await inspector.notices.count()).toBe(1);
    await inspector.notices.getByText('replaced an earlier one').waitFor();
    await inspector.notices.waitFor({ state: 'detached' });
    await page.getByText('The app removes the message.').first().waitFor();
  });

  it('is cut to fit when it has 2,000 emoji, as its request shows', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await inspector.raise('2,000 emoji');
    await inspector.pushes.first().click();
    await inspector.detail.getByText(/^4,0\d\d of 4,096 bytes$/).waitFor();
    await inspector.detail.getByText(/^Expires at \d\d:\d\d:\d\d: 23:59:\d\d$/).waitFor();
    await inspector.detail.getByText('SharedAccessSignature … (never shown)').waitFor();
    await inspector.tab(/^Findings/);
    await inspector.detail.getByText('No findings').waitFor();
  });

  it('is sent once when it is delivered twice', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await inspector.raise('Duplicate delivery');
    await page.getByText('delivered-before').first().waitFor();
    await inspector.stories.getByText('2 deliveries').waitFor();
    expect(await inspector.stories.count()).toBe(1);
    expect(await inspector.pushes.count()).toBe(2);
  });
});

describe('a silent push in the inspector', () => {
  it('is marked as such and changes nothing on the screen', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await inspector.raise('Chat renamed');
    await inspector.pushes.nth(1).waitFor();
    expect(await inspector.pushes.getByText(/^silent( data)?$/).count()).toBe(2);
    await page.getByText('Last push: Silent: the app reads the new name of the chat.').waitFor();
  });
});

describe('an event of another program', () => {
  it('is shown as text and never as markup', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    const { host } = pages.stack();
    const name = '<img src=x onerror="document.title=1">';
    await fetch(`${host.url}/runtime/webhooks/EventGrid?functionName=relayChat`, {
      method: 'POST',
      headers: { 'aeg-event-type': 'Notification' },
      body: JSON.stringify({ id: name, eventType: name }),
    });
    await inspector.stories.first().getByText(name).first().waitFor();
    await inspector.tab(/^Event/);
    await inspector.detail.getByText('onerror').first().waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).toBe('Inspector · ACS notification relay');
  });
});
