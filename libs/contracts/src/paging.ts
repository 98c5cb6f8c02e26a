import * as z from 'zod';

/** A page of a list. `next` is an opaque cursor for `?after=`; it is absent on the last page. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), next: z.string().optional() });
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}
