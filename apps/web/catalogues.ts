import {compileMessageOrThrow} from '@lingui/message-utils/compileMessage';
import type {Plugin} from 'vite';
import {transformWithOxc} from 'vite';

/** Sentences that only the server says: they stay out of the browser's catalogues. */
const serverOnly = new Set(['reading']);
const sentences = /\/packages\/locales\/src\/areas\/([\w-]+)\/([a-z]{2})\.ts$/;
const language = /\/packages\/locales\/src\/languages\/([a-z]{2})\.ts$/;

/**
 * Compiles the sentences of `packages/locales` when they are bundled, so that no ICU parser reaches a browser. Each
 * language is a chunk of its own; a comment in index.html names it, which the server turns into a preload for the
 * language that it answers in.
 */
export function catalogues(): Plugin {
  return {
    name: 'plenary:catalogues',
    enforce: 'pre',
    async transform(source, id) {
      const area = sentences.exec(id)?.[1];
      if (area === undefined) return null;
      if (serverOnly.has(area)) return {code: 'export const messages = {};', map: null};
      const {code} = await transformWithOxc(source, id, {sourcemap: false});
      const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
        messages: Record<string, string>;
      };
      const compiled = Object.fromEntries(
        Object.entries(module.messages).map(([name, sentence]) => [name, compile(name, sentence)]),
      );
      return {code: `export const messages = ${JSON.stringify(compiled)};`, map: null};
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, {bundle}) {
        const chunks = Object.values(bundle ?? {}).flatMap(chunk => {
          const found = chunk.type === 'chunk' ? language.exec(chunk.facadeModuleId ?? '') : null;
          return found ? [`    <!--catalogue ${found[1]} /${chunk.fileName}-->\n`] : [];
        });
        return html.replace('  </head>', `${chunks.sort().join('')}  </head>`);
      },
    },
  };
}

function compile(name: string, sentence: string): unknown {
  try {
    const compiled = compileMessageOrThrow(sentence);
    // A sentence without placeholders travels as the string it is.
    return compiled.every(token => typeof token === 'string') ? compiled.join('') : compiled;
  } catch (cause) {
    throw new Error(`The sentence ${name} cannot be compiled: ${sentence}`, {cause});
  }
}
