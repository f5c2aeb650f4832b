/** The Chromium that the browser tests drive: `CHROMIUM`, or where Debian puts it. */
export const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
