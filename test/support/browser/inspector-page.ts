import type { Locator, Page } from 'playwright-core';

/** The parts of the page as a person names them. */
export interface InspectorPage {
  readonly raise: (label: string) => Promise<void>;
  readonly showDevice: (deviceId: string) => Promise<void>;
  readonly showNow: () => Promise<void>;
  readonly phone: (deviceId: string) => Locator;
  readonly notices: Locator;
  readonly stories: Locator;
  /** Rows of pushes. */
  readonly pushes: Locator;
  readonly tab: (name: RegExp) => Promise<void>;
  readonly detail: Locator;
}

// What a click changes is drawn with the next frame: it has happened when the frame after that one begins.
const drawn = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** Reads a page as the {@link InspectorPage}. What is clicked is drawn when its promise is fulfilled. */
export function inspectorPage(page: Page): InspectorPage {
  const click = async (target: Locator): Promise<void> => {
    await target.click();
    await page.evaluate(drawn);
  };
  return {
    raise: (label) => click(page.getByRole('button', { name: label, exact: true })),
    showDevice: (deviceId) =>
      click(page.getByRole('group', { name: 'Device' }).getByRole('button', { name: deviceId })),
    showNow: () => click(page.getByRole('button', { name: 'Now', exact: true })),
    phone: (deviceId) => page.getByRole('region', { name: `Screen of ${deviceId}` }),
    notices: page.locator('.phone .notice'),
    stories: page.locator('.story'),
    pushes: page.locator('.row-push'),
    tab: (name) => click(page.getByRole('tab', { name })),
    detail: page.getByRole('tabpanel'),
  };
}
