/**
 * What stands in place of the handle of an erased member. Nobody may call themselves so; whoever shows handles says it in
 * the reader's language.
 */
export const erasedHandle = 'erased member';
