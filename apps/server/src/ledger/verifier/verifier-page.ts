import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {directionOf, type Language} from '@plenary/domain/languages';
import type {LedgerKey} from '@plenary/ledger/checkpoint';
import {translatorFor} from '@plenary/locales/translate';

export interface VerifierParts {
  readonly script: string;
  readonly style: string;
}

/** What the instance vouches for in the file that somebody saves. */
export interface VerifierKnows {
  readonly language: Language;
  readonly origin: string | null;
  readonly keys: readonly LedgerKey[];
}

/** The file beside the built server that `buildVerifier` was written to. */
export const verifierFile = 'verifier.json';

let loaded: Promise<VerifierParts> | null = null;

async function load(): Promise<VerifierParts> {
  const at = new URL(verifierFile, import.meta.url);
  const built = await readFile(at, 'utf8').catch(() => null);
  if (built !== null) return JSON.parse(built) as VerifierParts;
  // A name that the bundler does not follow: the built server needs no bundler.
  const builder = './build-verifier.ts';
  const {buildVerifier} = (await import(builder)) as {buildVerifier: () => Promise<VerifierParts>};
  return buildVerifier();
}

/** One HTML file with everything in it. Its own policy lets it run its script and nothing else, and reach no network. */
export async function verifierPage(knows: VerifierKnows): Promise<string> {
  const {script, style} = await (loaded ??= load());
  const {language} = knows;
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  const known = JSON.stringify(knows).replace(/</g, '\\u003c');
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${translatorFor(language)('verifier.title')}</title>
<style>${style}</style>
<script type="application/json" id="known">${known}</script>
</head>
<body>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
