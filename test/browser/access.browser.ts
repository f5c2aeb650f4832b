import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { inspectorPage } from '../support/browser/inspector-page.ts';
import { openPages } from '../support/browser/open-pages.ts';

const pages = openPages();
const axeResult = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});

/** All violations that axe finds in either theme, as `rule: element`. Themes differ only in colours. */
async function scan(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const [colorScheme, options] of [
    ['light', '{}'],
    ['dark', '{ runOnly: ["color-contrast"] }'],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = axeResult.parse(await page.evaluate(`axe.run(document, ${options})`));
    found.push(
      ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${colorScheme} ${id}: ${html}`)),
    );
  }
  return found;
}

describe('axe, in both themes', () => {
  it('has no violation in messages, faults and dead letters', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await page.getByText('Throttle (429)').click();
    await page.getByLabel('Applies to').selectOption('1');
    await page.getByText('On, for one more request.').waitFor();
    await inspector.raise('Message, edit, deletion');
    await inspector.notices.first().waitFor();
    await inspector.raise('Poison event');
    await inspector.stories.getByText('poison', { exact: true }).waitFor();
    expect(await scan(page)).toEqual([]);
  });

  it('has no violation in a ring on either phone and in any tab', async () => {
    const page = await pages.open();
    const inspector = inspectorPage(page);
    await inspector.raise('Ring');
    await inspector.pushes.nth(1).waitFor();
    for (const [row, tab] of [
      [0, /^Request/],
      [1, /^Findings/],
      [1, /^Event/],
      [0, /^Timeline/],
    ] as const) {
      await inspector.pushes.nth(row).click();
      await inspector.tab(tab);
      expect(await scan(page)).toEqual([]);
    }
  });

  it('has no violation at phone width', async () => {
    const page = await pages.open({ viewport: { width: 390, height: 844 } });
    for (const pane of ['Try it', 'Events', 'Phone', 'Detail']) {
      await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: pane }).click();
      expect(await scan(page)).toEqual([]);
    }
  });
});

describe('the keyboard alone', () => {
  it('raises a call, moves through the list, opens the request and changes the theme', async () => {
    const page = await pages.open();
    const focused = () => page.locator(':focus');
    await page.keyboard.press('Tab');
    expect(await focused().textContent()).toBe('Skip to the events');
    await page.keyboard.press('Tab');
    expect(await focused().textContent()).toBe('System theme');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('[name=envelope]:checked').getAttribute('value')).toBe('cloudevents');
    await page.keyboard.press('Tab');
    expect(await focused().textContent()).toBe('Ring');
    await page.keyboard.press('Enter');
    await page.locator('.row-push').nth(1).waitFor();
    expect(await focused().textContent()).toBe('Ring');

    await page.locator('.row-event').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.row-push:focus[aria-current="true"]').waitFor();
    await page.getByRole('tab', { name: 'Request', selected: true }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused().textContent()).toBe('Findings');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    expect(await focused().getAttribute('role')).toBe('tabpanel');
  });

  it('announces to a screen reader what a push did', async () => {
    const page = await pages.open();
    await inspectorPage(page).raise('Chat renamed');
    const log = page.getByRole('log');
    await log.getByText('sample-iphone: Silent: the app reads the new name of the chat.').waitFor();
  });
});

describe('phone width', () => {
  it('shows one pane at a time and never scrolls sideways', async () => {
    const page = await pages.open({ viewport: { width: 360, height: 740 } });
    const panes = page.getByRole('navigation', { name: 'Panes' });
    const inspector = inspectorPage(page);
    await panes.getByRole('button', { name: 'Try it' }).click();
    await inspector.raise('Ring');
    await panes.getByRole('button', { name: 'Phone' }).click();
    await page.locator('.call').waitFor();
    await panes.getByRole('button', { name: 'Events' }).click();
    await inspector.pushes.first().click();
    await panes.getByRole('button', { name: 'Detail' }).click();
    await inspector.detail.getByText(/of 4,096 bytes/).waitFor();
    for (const pane of ['Try it', 'Events', 'Phone', 'Detail']) {
      await panes.getByRole('button', { name: pane }).click();
      expect(await page.locator('.pane:visible').count()).toBe(1);
      expect([pane, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([pane, 360]);
      expect(
        await page.evaluate(
          '[...document.querySelectorAll(".pane")].filter((pane) => pane.scrollWidth > pane.clientWidth).map(({ id }) => id)',
        ),
      ).toEqual([]);
    }
  });
});
