import {z} from 'zod';
import {refusalCodes} from '@plenary/domain/refusal';

/** Body of every answer that says no. */
export const refusalJson = z.object({
  refusal: z.enum(refusalCodes),
  /** In the reader's language. */
  sentence: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type RefusalJson = z.infer<typeof refusalJson>;
