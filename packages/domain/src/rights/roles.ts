/** Roles a mandate can give inside one consultation. */
export const mandateRoles = ['chair', 'secretariat', 'delegate', 'contributor', 'observer', 'auditor'] as const;
export type MandateRole = (typeof mandateRoles)[number];

/** A follower has no account; a member without a mandate in the consultation at hand is a follower there too. */
export type Role = MandateRole | 'follower';
