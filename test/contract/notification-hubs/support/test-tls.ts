import { readFileSync } from 'node:fs';

const read = (name: string): string =>
  readFileSync(new URL(`../../../support/tls/${name}`, import.meta.url), 'utf8');

/** Self-signed certificate for 127.0.0.1, ::1 and localhost, valid until 2126. Only these tests trust it. */
export const testTls = { cert: read('test-server.cert.pem'), key: read('test-server.key.pem') };
