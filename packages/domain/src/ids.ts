/** Ids are opaque strings of 12 or more characters of [A-Za-z0-9_-]; the brand keeps one kind from being taken for another. */
export type Id<Name extends string> = string & {readonly __id: Name};

export type MemberId = Id<'member'>;
export type OrganisationId = Id<'organisation'>;
export type ConsultationId = Id<'consultation'>;
export type PaperId = Id<'paper'>;
export type MandateId = Id<'mandate'>;
export type InvitationId = Id<'invitation'>;
export type RevisionId = Id<'revision'>;
export type CommentId = Id<'comment'>;
export type CommentEntryId = Id<'comment-entry'>;

/** A paragraph's name inside one paper; see `@plenary/paper`. */
export type ParagraphName = string;

/** What a person may type in a URL in place of an id: lower-case words joined by hyphens. */
export const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const slugMaxLength = 80;

export function isSlug(text: string): boolean {
  return text.length <= slugMaxLength && slugPattern.test(text);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

/** 16 characters (96 bits) out of the caller's random bytes; 12 bytes are read, 6 bits a character. */
export function idFromBytes<Name extends string>(bytes: Uint8Array): Id<Name> {
  let id = '';
  for (let i = 0; i < 12; i += 3) {
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (const shift of [18, 12, 6, 0]) id += alphabet[(word >> shift) & 63];
  }
  return id as Id<Name>;
}
