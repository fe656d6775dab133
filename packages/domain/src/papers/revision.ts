/** `issued` by the chair, immutable and hashed · `kept` by itself before a restoration, so that it can be taken back. */
export const revisionKinds = ['issued', 'kept'] as const;
export type RevisionKind = (typeof revisionKinds)[number];
