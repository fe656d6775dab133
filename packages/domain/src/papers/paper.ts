import type {ConsultationId, PaperId} from '../ids.ts';

/** Who writes the working text. `open`: delegates together · `amendments`: pen-holders write, delegates read · `frozen`: nobody. */
export const draftingModes = ['open', 'amendments', 'frozen'] as const;
export type DraftingMode = (typeof draftingModes)[number];

/**
 * Who may read.
 * `unlisted`: participants only, others are told that it does not exist · `closed`: chair, secretariat and delegates; others see its title ·
 * `participants`: every member with a mandate; others see its title · `public-text`: anyone reads the text without names ·
 * `public`: anyone reads the text with attributions · `embargo`: as `participants` until `embargoUntil`, then as `public`.
 */
export const publicationPolicies = ['unlisted', 'closed', 'participants', 'public-text', 'public', 'embargo'] as const;
export type PublicationPolicy = (typeof publicationPolicies)[number];

export interface Publication {
  readonly policy: PublicationPolicy;
  /** Milliseconds since 1970, UTC; only with `embargo`. */
  readonly embargoUntil: number | null;
}

export interface Paper {
  readonly id: PaperId;
  /** The paper's short number in the update log. */
  readonly number: number;
  readonly slug: string;
  readonly symbol: string;
  readonly consultation: ConsultationId;
  readonly title: string;
  /** BCP 47 tag of the text. */
  readonly language: string;
  readonly mode: DraftingMode;
  readonly publication: Publication;
  /** Goes up by one when a back-up is restored: replicas of an older epoch are discarded. */
  readonly epoch: number;
}
