import MarkdownIt from 'markdown-it';
import reference from 'markdown-it/lib/rules_block/reference.mjs';
import type {StateBlock, StateCore, Token} from 'markdown-it';

/** Deeper lists and quotes than this are no longer read as such; the source comes in as plain text then. */
const deepestNesting = 60;
/** Paragraphs longer than this are taken as they are written, since marks in them could take minutes to pair. */
const longestMarked = 60_000;

const parser = makeParser();

/** Null when it is nested too deeply to be read. */
export function parseMarkdown(body: string): Token[] | null {
  try {
    const tokens = parser.parse(body, {});
    return tokens.some(token => token.level >= deepestNesting - 3) ? null : tokens;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function makeParser(): MarkdownIt {
  const made = new MarkdownIt({html: true, linkify: false, typographer: false});
  Object.assign(made.options, {maxNesting: deepestNesting});
  // Every address is let through here and judged by the paper's own rule, so that what is refused can be reported.
  made.validateLink = () => true;
  made.block.ruler.at('reference', readReference);
  made.core.ruler.at('inline', readInlines);
  return made;
}

/**
 * `[Option 2]: Deleted` looks like the definition of a link and would vanish; in drafts it is text. Only what points to an
 * address is taken for a definition, and never a footnote (`[^1]: …`).
 */
function readReference(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const head = state.src.slice(start, start + 1_000);
  const definition = /^\[[^^\]][^\]]*\]:\s*(?:<?(?:https?:|mailto:|www\.)|[./#][^\s]*\s*(?:\n|$))/i;
  return definition.test(head) && reference(state, startLine, endLine, silent);
}

/** As markdown-it's own rule, but for paragraphs of a length at which pairing their marks could take minutes. */
function readInlines(state: StateCore): void {
  for (const token of state.tokens) {
    if (token.type !== 'inline') continue;
    const children: Token[] = [];
    token.children = children;
    if (token.content.length <= longestMarked) {
      state.md.inline.parse(token.content, state.md, state.env, children);
      continue;
    }
    for (const [index, line] of token.content.split('\n').entries()) {
      if (index > 0) children.push(new state.Token('softbreak', 'br', 0));
      const text = new state.Token('text', '', 0);
      text.content = line;
      children.push(text);
    }
  }
}

/** The tokens of a line by itself. */
export function parseLine(line: string): Token[] {
  return parser.parseInline(line, {});
}
