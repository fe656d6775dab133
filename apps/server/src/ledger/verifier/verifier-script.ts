import {languageNames, languages, directionOf, isLanguage, type Language} from '@plenary/domain/languages';
import type {LedgerKey} from '@plenary/ledger/checkpoint';
import {toHex} from '@plenary/ledger/encoding';
import {judge, spoken, type Finding, type Given, type Said} from '@plenary/ledger/judge';
import {messages as ar} from '@plenary/locales/areas/verifier/ar';
import {messages as en} from '@plenary/locales/areas/verifier/en';
import {messages as es} from '@plenary/locales/areas/verifier/es';
import {messages as fr} from '@plenary/locales/areas/verifier/fr';
import {messages as ru} from '@plenary/locales/areas/verifier/ru';
import {messages as zh} from '@plenary/locales/areas/verifier/zh';
import {speakerOf} from '@plenary/locales/speak';

// The whole of the offline verifier: it runs from a file, asks nothing of any network, and shows what it finds.

type Id = keyof typeof en;
const catalogues: Record<Language, Readonly<Record<Id, string>>> = {ar, zh, en, fr, ru, es};

/** What the instance knew when this file was saved; written into it by `verifierPage`. */
interface Known {
  readonly language: Language;
  readonly origin: string | null;
  readonly keys: readonly LedgerKey[];
}

const known = JSON.parse(document.getElementById('known')?.textContent ?? '{}') as Known;
let language = isLanguage(known.language) ? known.language : 'en';
let t = speakerOf(language, catalogues[language]);
let files: readonly File[] = [];
let pasted = '';
let findings: readonly Finding[] | null = null;
let nothing = false;

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  fields: Readonly<Record<string, string>> = {},
  ...inside: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [field, value] of Object.entries(fields)) made.setAttribute(field, value);
  made.append(...inside);
  return made;
}

function say({id, values}: Said): string {
  return t(id, spoken(values, language));
}

function show(): void {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  document.title = t('verifier.title');
  document.body.replaceChildren(
    element('header', {}, languageBar()),
    element(
      'main',
      {},
      element('h1', {}, t('verifier.heading')),
      element('p', {class: 'lead'}, t('verifier.offline.lead')),
      form(),
      ...(findings || nothing ? [results()] : []),
      keys(),
    ),
  );
}

function languageBar(): HTMLElement {
  const bar = element('nav', {'aria-label': 'Language'});
  for (const other of languages) {
    const button = element(
      'button',
      {type: 'button', lang: other, dir: directionOf(other), 'aria-pressed': String(other === language)},
      languageNames[other],
    );
    button.addEventListener('click', () => {
      language = other;
      t = speakerOf(language, catalogues[language]);
      show();
      document.querySelector<HTMLElement>('nav [aria-pressed="true"]')?.focus();
    });
    bar.append(button, ' ');
  }
  return bar;
}

function form(): HTMLElement {
  const text = element('textarea', {id: 'pasted', rows: '5', spellcheck: 'false', dir: 'ltr'});
  text.value = pasted;
  text.addEventListener('input', () => (pasted = text.value));
  const chosen = element('input', {id: 'files', type: 'file', multiple: ''});
  chosen.addEventListener('change', () => {
    files = [...(chosen.files ?? [])];
    void check();
  });
  const made = element(
    'form',
    {},
    element('label', {for: 'files'}, t('verifier.files')),
    chosen,
    element('p', {class: 'sub'}, t('verifier.drop')),
    element('label', {for: 'pasted'}, t('verifier.input')),
    text,
    element('button', {type: 'submit', class: 'main'}, t('verifier.check')),
  );
  made.addEventListener('submit', event => {
    event.preventDefault();
    void check();
  });
  return made;
}

async function check(): Promise<void> {
  const given: Given[] = await Promise.all(
    files.map(async file => ({name: file.name, bytes: new Uint8Array(await file.arrayBuffer())})),
  );
  if (pasted.trim()) given.push({name: null, bytes: new TextEncoder().encode(pasted.trim())});
  nothing = given.length === 0;
  findings = nothing ? null : judge(given, known.keys);
  show();
  const heading = document.getElementById('results');
  heading?.focus();
  heading?.scrollIntoView({block: 'start'});
}

function results(): HTMLElement {
  const heading = element('h2', {id: 'results', tabindex: '-1'}, t('verifier.results'));
  const shown = nothing
    ? [element('p', {class: 'finding warn', role: 'status'}, t('verifier.nothing'))]
    : (findings ?? []).map(result);
  return element('section', {}, heading, ...shown);
}

function result({name, tone, what, means, proven}: Finding): HTMLElement {
  const box = element('div', {class: `finding ${tone}`, role: 'status'});
  if (name !== null) box.append(element('p', {class: 'name'}, element('bdi', {}, name)));
  box.append(element('p', {}, element('b', {}, say(what))));
  for (const one of means) box.append(element('p', {}, say(one)));
  if (!proven) return box;
  const {index, ...leaf} = proven.leaf;
  const said = JSON.stringify({index, ...leaf}, null, 2);
  const steps = element('ol', {}, element('li', {}, `${t('verifier.steps.leaf')}: `, hashOf(proven.leafHash)));
  for (const {side, hash, result: next} of proven.steps) {
    steps.append(
      element(
        'li',
        {},
        t(side === 'before' ? 'verifier.steps.before' : 'verifier.steps.after', {hash: toHex(hash)}),
        ' = ',
        hashOf(next),
      ),
    );
  }
  steps.append(element('li', {}, `${t('verifier.steps.root')}: `, hashOf(proven.checkpoint.root)));
  box.append(
    element('details', {}, element('summary', {}, t('verifier.says')), element('pre', {dir: 'ltr'}, said)),
    element('details', {}, element('summary', {}, t('verifier.steps', {count: proven.steps.length})), steps),
  );
  return box;
}

function hashOf(bytes: Uint8Array): HTMLElement {
  return element('code', {dir: 'ltr'}, toHex(bytes));
}

function keys(): HTMLElement {
  const section = element('section', {}, element('h2', {}, t('verifier.keys')));
  if (known.keys.length === 0) section.append(element('p', {}, t('verifier.keys.none')));
  if (known.origin !== null) section.append(element('p', {}, element('code', {dir: 'ltr'}, known.origin)));
  const list = element('ul');
  for (const {id, publicKey} of known.keys)
    list.append(element('li', {}, element('code', {dir: 'ltr'}, `${id} ${publicKey}`)));
  section.append(list);
  return section;
}

addEventListener('dragover', event => event.preventDefault());
addEventListener('drop', event => {
  event.preventDefault();
  files = [...(event.dataTransfer?.files ?? [])];
  void check();
});
show();
