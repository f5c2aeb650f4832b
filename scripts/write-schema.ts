// Writes docs/push-payload.v1.schema.json from the zod schema of the push contract.
import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import { pushContract } from '../src/notifications/acs-contract.ts';

const { $schema, ...schema } = z.toJSONSchema(pushContract);
const document = {
  $schema,
  $id: 'push-payload.v1.schema.json',
  title: 'The acs object of a push, version 1',
  ...schema,
};
const path = 'docs/push-payload.v1.schema.json';
writeFileSync(new URL(`../${path}`, import.meta.url), `${JSON.stringify(document, null, 2)}\n`);
process.stdout.write(`${path}\n`);
