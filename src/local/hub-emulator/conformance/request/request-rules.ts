import { contentRules } from './content-rules.ts';
import { hubNameRule } from './hub-name-rule.ts';
import { pathRules } from './path-rules.ts';
import type { RequestRule } from './request-rule.ts';
import { sasRules } from './sas-rules.ts';

/** What Notification Hubs checks in every request, then in a push, in this order; the first breach is the answer. */
export const requestRules: { readonly any: readonly RequestRule[]; readonly push: readonly RequestRule[] } = {
  any: [...sasRules, hubNameRule],
  push: [...pathRules, ...contentRules],
};
