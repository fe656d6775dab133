import {z} from 'zod';
import {instant} from './papers.ts';

const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/);

export const checkpointJson = z.object({
  origin: z.string(),
  /** How many acts it covers. */
  size: z.number().int(),
  root: hex,
  at: instant,
  /** Id of the key that signed. */
  key: z.string(),
  /** The signed note; all other fields stand in it. */
  note: z.string(),
});
export type CheckpointJson = z.infer<typeof checkpointJson>;

export const ledgerKeyJson = z.object({
  id: z.string(),
  /** Ed25519, in hexadecimal. */
  publicKey: hex,
  from: instant,
  /** When it signed last; null while it serves. */
  to: instant.nullable(),
});
export type LedgerKeyJson = z.infer<typeof ledgerKeyJson>;
export const ledgerKeys = z.object({origin: z.string().nullable(), keys: z.array(ledgerKeyJson)});
export type LedgerKeys = z.infer<typeof ledgerKeys>;

export const leafJson = z.object({
  index: z.number().int(),
  seq: z.number().int(),
  stream: z.string(),
  act: z.string(),
  /** Milliseconds since 1970, UTC, as it was hashed. */
  at: z.number().int(),
  actor: z.object({member: z.string(), organisation: z.string().nullable(), role: z.string()}).nullable(),
  event: z.record(z.string(), z.unknown()),
});

export const actPlace = z.discriminatedUnion('is', [
  z.object({is: z.literal('instance')}),
  z.object({is: z.literal('consultation'), slug: z.string(), title: z.string()}),
  z.object({is: z.literal('paper'), slug: z.string(), symbol: z.string(), title: z.string()}),
  z.object({is: z.literal('session'), slug: z.string(), title: z.string()}),
]);
export type ActPlaceJson = z.infer<typeof actPlace>;

export const ledgerEntry = z.object({
  index: z.number().int(),
  leafHash: hex,
  /** Null when the reader may know only that there is an act. */
  act: z
    .object({
      name: z.string(),
      at: instant,
      place: actPlace,
      /** Null where acts are shown without who did them, and for acts of the instance itself. */
      by: z
        .object({
          /** Joined when it is read, and never part of the leaf; null where it is not shown. */
          handle: z.string().nullable(),
          erased: z.boolean(),
          organisation: z.string().nullable(),
          role: z.string(),
        })
        .nullable(),
      yours: z.boolean(),
    })
    .nullable(),
  /** What the hash was made of; null when the reader may not know all of it. */
  leaf: z.object({salt: hex, content: leafJson}).nullable(),
});
export type LedgerEntryJson = z.infer<typeof ledgerEntry>;

export const mostEntries = 100;

export const askEntries = z
  .object({
    /** Oldest first from this index on. */
    from: z.coerce.number().int().min(0).optional(),
    /** Newest first below this index; from the end when neither is given. */
    before: z.coerce.number().int().min(0).optional(),
    limit: z.coerce.number().int().min(1).max(mostEntries).default(20),
    /** Slug or id: of one paper, or of one consultation with its papers. Newest first only. */
    paper: z.string().min(1).max(80).optional(),
    consultation: z.string().min(1).max(80).optional(),
  })
  .refine(({from, before, paper, consultation}) => from === undefined || !(before ?? paper ?? consultation), {
    path: ['from'],
  });
export const ledgerEntries = z.object({
  /** All acts of the instance now. */
  size: z.number().int(),
  entries: z.array(ledgerEntry),
  /** Whether there are more in this direction. */
  more: z.boolean(),
});
export type LedgerEntries = z.infer<typeof ledgerEntries>;

const size = z.coerce.number().int().min(0);
/** `index` and `size` for an inclusion, `from` and `to` for a consistency; the newest checkpoint's size unless said. */
export const askProof = z
  .object({index: size.optional(), size: size.optional(), from: size.optional(), to: size.optional()})
  .refine(({index, from}) => (index === undefined) !== (from === undefined), {path: ['index']});
export const ledgerProof = z.union([
  z.object({index: z.number().int(), size: z.number().int(), leafHash: hex, root: hex, proof: z.array(hex)}),
  z.object({from: z.number().int(), to: z.number().int(), fromRoot: hex, toRoot: hex, proof: z.array(hex)}),
]);

export const receipt = z.object({
  plenary: z.literal('receipt'),
  version: z.literal(1),
  leaf: leafJson,
  salt: hex,
  proof: z.array(hex),
  checkpoint: z.string(),
  key: z.string(),
});
export const receipts = z.object({
  plenary: z.literal('receipts'),
  version: z.literal(1),
  receipts: z.array(receipt),
});

export const eraseMe = z.object({
  /** One's own, so that nobody is erased by a mistaken press. */
  handle: z.string().max(100),
});
