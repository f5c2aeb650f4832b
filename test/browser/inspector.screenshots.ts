import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { inspectorPage } from '../support/browser/inspector-page.ts';
import { openPages } from '../support/browser/open-pages.ts';

const pages = openPages({ ringSeconds: 30, retryDelaysMs: [10_000, 30_000] });
const size = { width: 1440, height: 860 };

/** Where the pictures go: the folder that SCREENSHOTS names. */
const fileOf = (name: string) => join(process.env['SCREENSHOTS'] ?? 'docs/images', `${name}.png`);
const shoot = (page: Page, name: string) => page.screenshot({ path: fileOf(name), animations: 'disabled' });

describe('pictures', () => {
  it('of a ring on an iPhone', async () => {
    const page = await pages.open({ viewport: size, colorScheme: 'light' });
    const inspector = inspectorPage(page);
    await inspector.raise('Added to a chat');
    await inspector.stories.getByText('pushed', { exact: true }).waitFor();
    await inspector.raise('Ring');
    await inspector.pushes.filter({ hasText: 'VoIP' }).first().click();
    await inspector.phone('sample-iphone').locator('.call').waitFor();
    await inspector.stories.first().getByText('pushed', { exact: true }).waitFor();
    await shoot(page, 'inspector');
  });

  it('of retries, in the dark theme', async () => {
    const page = await pages.open({ viewport: size, colorScheme: 'dark' });
    const inspector = inspectorPage(page);
    await page.getByLabel('Applies to').selectOption('2');
    await page.getByText('Unavailable (503)').click();
    await page.getByText('On, for 2 more requests.').waitFor();
    await inspector.raise('Duplicate delivery');
    await inspector.pushes.nth(3).waitFor();
    await inspector.stories.getByText('2 deliveries').waitFor();
    await inspector.showDevice('sample-android');
    await shoot(page, 'inspector-retries');
  });

  it('of phone width', async () => {
    const page = await pages.open({ viewport: { width: 390, height: 760 }, colorScheme: 'light' });
    const inspector = inspectorPage(page);
    const panes = page.getByRole('navigation', { name: 'Panes' });
    await panes.getByRole('button', { name: 'Try it' }).click();
    await inspector.raise('Ring, hang up');
    await panes.getByRole('button', { name: 'Phone' }).click();
    await inspector.showDevice('sample-iphone');
    await inspector.notices.getByText('Missat samtal').waitFor();
    await shoot(page, 'inspector-narrow');
    expect(await page.locator('.notice').count()).toBeGreaterThan(0);
  });
});
