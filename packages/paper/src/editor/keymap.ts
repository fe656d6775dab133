import {baseKeymap, chainCommands, deleteSelection} from 'prosemirror-commands';
import {InputRule, inputRules} from 'prosemirror-inputrules';
import {keymap} from 'prosemirror-keymap';
import {Plugin, PluginKey} from 'prosemirror-state';
import type {Command, EditorState, Transaction} from 'prosemirror-state';
import {paragraphKinds} from '../view.ts';
import type {ParagraphKind} from '../view.ts';
import {changeLevel, joinBackward, joinForward, move, selectAll, setKind, split, toggle} from './commands.ts';
import type {CommandPort} from './commands.ts';
import {attributesOf} from './schema.ts';

export interface KeyPort extends CommandPort {
  undo(): boolean;
  redo(): boolean;
  /** Opens what asks for an address. */
  onLink(): void;
  /** Opens the search in the text; absent: the browser's own. */
  readonly onFind: (() => void) | undefined;
}

/** Every key of the editor. Kinds are Mod-Alt-1 … 8 in the order of `paragraphKinds`. */
export function keys(port: KeyPort): Plugin[] {
  const bindings: Record<string, Command> = {
    Enter: split(port),
    'Shift-Enter': split(port),
    'Mod-Enter': split(port),
    Backspace: chainCommands(deleteSelection, joinBackward(port)),
    'Mod-Backspace': chainCommands(deleteSelection, joinBackward(port)),
    'Shift-Backspace': chainCommands(deleteSelection, joinBackward(port)),
    Delete: chainCommands(deleteSelection, joinForward(port)),
    'Mod-Delete': chainCommands(deleteSelection, joinForward(port)),
    'Mod-a': selectAll,
    'Mod-b': toggle('b'),
    'Mod-i': toggle('i'),
    'Mod-u': toggle('u'),
    'Mod-Shift-x': toggle('s'),
    'Mod-k': says(() => port.onLink()),
    'Alt-ArrowUp': move(port, 'up'),
    'Alt-ArrowDown': move(port, 'down'),
    'Mod-z': says(() => port.undo()),
    'Mod-y': says(() => port.redo()),
    'Mod-Shift-z': says(() => port.redo()),
  };
  const {onFind} = port;
  if (onFind) bindings['Mod-f'] = says(onFind);
  paragraphKinds.forEach((kind, i) => {
    bindings[`Mod-Alt-${i + 1}`] = setKind(kind);
  });
  return [beginnings(), leaveByEscape(), keymap(bindings), keymap(movementKeys)];
}

/** Of the usual keys those that neither split nor join: ours know what may be joined. */
const movementKeys: Record<string, Command> = Object.fromEntries(
  Object.entries(baseKeymap).filter(([key]) => !/Enter|Backspace|Delete|Mod-a|-h$|-d$/.test(key)),
);

function says(act: () => unknown): Command {
  return (_state, dispatch) => {
    if (dispatch) act();
    return true;
  };
}

const leaving = new PluginKey<boolean>('leaving');

/** Tab changes the level; after Escape it leaves the editor instead, so that nobody is caught in it (WCAG 2.1.2). */
function leaveByEscape(): Plugin<boolean> {
  return new Plugin<boolean>({
    key: leaving,
    state: {
      init: () => false,
      apply: (transaction, was) => (transaction.getMeta(leaving) as boolean | undefined) ?? was,
    },
    props: {
      handleKeyDown(view, event) {
        const left = leaving.getState(view.state) === true;
        if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) {
          if (left || !view.editable) return false;
          changeLevel(event.shiftKey ? -1 : 1)(view.state, view.dispatch);
          event.preventDefault();
          return true;
        }
        const wanted = event.key === 'Escape' || (left && event.key === 'Shift');
        if (wanted !== left) view.dispatch(view.state.tr.setMeta(leaving, wanted));
        return false;
      },
      handleDOMEvents: {
        blur(view) {
          if (leaving.getState(view.state)) view.dispatch(view.state.tr.setMeta(leaving, false));
          return false;
        },
      },
    },
  });
}

/** What one types at a paragraph's start to say what it is: `# `, `## `, `- `, `1. `, `(a) `, `(i) `, `> `. */
function beginnings(): Plugin {
  return inputRules({
    rules: [
      begins(/^(#{1,4})\s$/, ([, signs]) => ({kind: 'heading', level: (signs?.length ?? 1) - 1})),
      begins(/^[-*•]\s$/, () => ({kind: 'item', level: 0})),
      begins(/^\d{1,3}\.\s$/, () => ({kind: 'operative', level: 0})),
      begins(/^\(?(?:a|أ)\)\s$/i, (_match, kind) => ({kind: numbered(kind), level: 1})),
      begins(/^\(?i\)\s$/i, (_match, kind) => ({kind: numbered(kind), level: 2})),
      begins(/^>\s$/, () => ({kind: 'quote', level: 0})),
    ],
  });
}

/** A letter begins a sub-paragraph of a resolution's paragraph, or else a deeper list item. */
function numbered(kind: string): ParagraphKind {
  return kind === 'operative' || kind === 'preambular' ? kind : 'item';
}

interface Beginning {
  readonly kind: ParagraphKind;
  readonly level: number;
}

function begins(pattern: RegExp, meant: (match: RegExpMatchArray, kind: string) => Beginning): InputRule {
  return new InputRule(pattern, (state: EditorState, match, start, end): Transaction | null => {
    const at = state.doc.resolve(start);
    if (at.depth !== 1 || at.parentOffset > 0) return null;
    const {kind} = attributesOf(at.parent);
    if (kind === 'title' || kind === 'organ') return null;
    const wanted = meant(match, kind);
    const position = at.before();
    return state.tr
      .delete(start, end)
      .setNodeAttribute(position, 'kind', wanted.kind)
      .setNodeAttribute(position, 'level', wanted.level);
  });
}
