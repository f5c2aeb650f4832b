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

/** Reads a page as the {@link InspectorPage}. */
export function inspectorPage(page: Page): InspectorPage {
  return {
    raise: (label) => page.getByRole('button', { name: label, exact: true }).click(),
    showDevice: (deviceId) =>
      page.getByRole('group', { name: 'Device' }).getByRole('button', { name: deviceId }).click(),
    showNow: () => page.getByRole('button', { name: 'Now', exact: true }).click(),
    phone: (deviceId) => page.getByRole('region', { name: `Screen of ${deviceId}` }),
    notices: page.locator('.phone .notice'),
    stories: page.locator('.story'),
    pushes: page.locator('.row-push'),
    tab: (name) => page.getByRole('tab', { name }).click(),
    detail: page.getByRole('tabpanel'),
  };
}
