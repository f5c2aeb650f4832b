import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { chromiumPath } from './chromium-path.ts';
import { type InspectorStack, type InspectorStackOptions, startInspector } from './start-inspector.ts';

/** Opens pages of one inspector. */
export interface Pages {
  readonly stack: () => InspectorStack;
  /** Opens the page and waits until it is live. */
  readonly open: (options?: BrowserContextOptions) => Promise<Page>;
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a stack and a browser for the tests of a file. Before each test the journal is emptied; after each test its
 * pages are closed, and none may have written an error to its console.
 */
export function openPages(options: Partial<InspectorStackOptions> = {}): Pages {
  let stack: InspectorStack | undefined;
  let browser: Browser | undefined;
  let complaints: string[] = [];
  beforeAll(async () => {
    stack = await startInspector({ ringSeconds: 8, pauseMs: 1500, retryDelaysMs: [2000, 2000], ...options });
    browser = await chromium.launch({ executablePath: chromiumPath, headless: true, args: flags });
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });
  beforeEach(async () => {
    complaints = [];
    await postAction(running(stack).pageUrl, 'clear', {});
    await postAction(running(stack).pageUrl, 'fault', { kind: 'none', pushes: 1 });
  });
  afterEach(async () => {
    await Promise.all(
      running(browser)
        .contexts()
        .map((context) => context.close()),
    );
    expect(complaints).toEqual([]);
  });
  return {
    stack: () => running(stack),
    open: async (contextOptions = {}) => {
      const context = await running(browser).newContext({
        viewport: { width: 1600, height: 950 },
        locale: 'en-US',
        timezoneId: 'UTC',
        ...contextOptions,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(running(stack).pageUrl);
      await page.getByText('Live', { exact: true }).waitFor();
      await page.locator('.raise').first().waitFor({ state: 'attached' });
      return page;
    },
  };
}

/** Does through the API what a button of the page would do. */
export async function postAction(pageUrl: string, name: string, body: object): Promise<number> {
  const response = await fetch(new URL(`/inspector/api/${name}`, pageUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response.status;
}

function running<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('It has not been started.');
  return value;
}
