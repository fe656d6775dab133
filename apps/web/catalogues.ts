import {compileMessageOrThrow} from '@lingui/message-utils/compileMessage';
import type {Plugin} from 'vite';
import {transformWithOxc} from 'vite';

/**
 * Areas of sentences by when a browser needs them: `core` everywhere, `pages` where the shell is, others with what says
 * them. Sentences of areas that are not here are the server's alone and never leave it.
 */
const parts = {
  core: ['common', 'words', 'refusals', 'papers'],
  pages: ['front', 'people', 'consultations', 'exchange'],
  comments: ['comments'],
  exchange: ['exchange'],
  sessions: ['sessions'],
  ledger: ['ledger', 'verifier'],
  revisions: ['revisions'],
} as const;

const wanted = /^virtual:sentences\/(\w+)\/(\w\w)$/;
const area = /\/packages\/locales\/src\/areas\/[\w-]+\/[a-z]{2}\.ts$/;

/**
 * `import('virtual:sentences/<part>/<language>')`: the sentences of `packages/locales`, compiled when they are bundled, so
 * that no ICU parser and no other language reaches a browser. A comment in index.html names the core of each language,
 * which the server turns into a preload for the language that it answers in.
 */
export function catalogues(): Plugin {
  return {
    name: 'plenary:catalogues',
    enforce: 'pre',
    resolveId(id) {
      return wanted.test(id) ? `\0${id}` : null;
    },
    load(id) {
      const [, part, language] = wanted.exec(id.slice(1)) ?? [];
      const areas = Object.entries(parts).find(([name]) => name === part)?.[1];
      if (!areas) return null;
      const imports = areas.map(
        name => `import {messages as ${name}} from '@plenary/locales/areas/${name}/${language}';`,
      );
      return `${imports.join('\n')}\nexport const messages = {${areas.map(name => `...${name}`).join(', ')}};`;
    },
    async transform(source, id) {
      if (!area.test(id)) return null;
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
          const [, part, language] =
            chunk.type === 'chunk' ? (wanted.exec(chunk.facadeModuleId?.slice(1) ?? '') ?? []) : [];
          return part === 'core' ? [`    <!--catalogue ${language} /${chunk.fileName}-->\n`] : [];
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
