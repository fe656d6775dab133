declare module 'markdown-it/lib/rules_block/reference.mjs' {
  import type {StateBlock} from 'markdown-it';

  /** The rule for definitions of links, which `@types/markdown-it` leaves out. */
  const reference: (state: StateBlock, startLine: number, endLine: number, silent: boolean) => boolean;
  export default reference;
}
