/** The place to restore into cannot be used; nothing was changed. `message` says so to the operator. */
export class RestoreProblem extends Error {}
