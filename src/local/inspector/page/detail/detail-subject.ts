import type { Story } from '../../shared/story.ts';
import type { Derived } from '../derive.ts';

/** What a tab of the detail is about. */
export type DetailSubject = Derived & { readonly story: Story };
