import {z} from 'zod';

/** The registry of formats, for menus and file choosers: what a paper can be saved as, and what it can begin with. */
export const formatList = z.object({
  exports: z.array(z.object({name: z.string(), extension: z.string(), mediaType: z.string()})),
  imports: z.array(z.object({name: z.string(), extensions: z.array(z.string())})),
});
export type FormatList = z.infer<typeof formatList>;
