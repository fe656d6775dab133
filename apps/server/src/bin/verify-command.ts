import {createReadStream, readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {Readable} from 'node:stream';
import {translatorFor} from '@plenary/locales/translate';
import {keyId, publicKeyOf, readCheckpoint, type LedgerKey} from '@plenary/ledger/checkpoint';
import {fromHex, toHex} from '@plenary/ledger/encoding';
import {readKeys, readLogLine} from '@plenary/ledger/log-file';
import {Invalid, type Verdict} from '@plenary/ledger/problem';
import {LogVerifier, verifyReceipts, verifyRevision, type LogReport, type Proven} from '@plenary/ledger/verify';
import {auditLedger, sentenceOf as flawSentence} from '../ledger/audit.ts';
import {signingKeyFrom} from '../ledger/signing-key.ts';
import {complain, configOrEnd, openInstanceStore, say, secretOf} from './opened.ts';
import {readWords, Usage} from './usage.ts';

export const verifyHelp = `  verify                                         computes the ledger of the instance's own database again
  verify --url <address>                         verifies the ledger of a running instance, over the network
  verify --log <file>                            verifies a log that was saved (plenary-log.jsonl)
  verify --receipt <file>                        verifies a receipt, or a file of receipts
  verify --revision <file> --receipt <file>      verifies the text of a revision against its receipt
                                                 with --key <hexadecimal or file of keys> for the key to trust, and
                                                 --checkpoint <file> for a checkpoint that was saved earlier`;

interface Wanted {
  readonly url?: string | undefined;
  readonly log?: string | undefined;
  readonly receipt?: string | undefined;
  readonly revision?: string | undefined;
  readonly key?: string | undefined;
  readonly checkpoint?: string | undefined;
}

/** Says what is so; resolves with the exit code, 1 when anything is not as it was signed. */
export async function verify(args: readonly string[]): Promise<number> {
  const wanted = readArguments(args);
  if (wanted.revision !== undefined && wanted.receipt === undefined)
    throw new Usage('A revision is verified against its receipt: name it with --receipt.');
  if (wanted.receipt !== undefined) return verifyFiles(wanted, wanted.receipt);
  if (wanted.log !== undefined) return reportLog(await readLog(linesOf(wanted.log), wanted));
  if (wanted.url !== undefined) return verifyInstance(wanted, wanted.url);
  return verifyDatabase();
}

function readArguments(args: readonly string[]): Wanted {
  const text = {type: 'string'} as const;
  const options = {url: text, log: text, receipt: text, revision: text, key: text, checkpoint: text};
  return readWords({args: [...args], options, strict: true}).values;
}

function read(path: string): string {
  return bytesOf(path).toString('utf8');
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Usage(`The file “${path}” cannot be read: ${error instanceof Error ? error.message : ''}`);
  }
}

function linesOf(path: string): AsyncIterable<string> {
  bytesOf(path);
  return createInterface({input: createReadStream(path, 'utf8'), crlfDelay: Infinity});
}

/** From the flag, or from the instance that `--url` names; null: from what is verified itself. */
async function trustedKeys({key, url}: Wanted, origin: () => string): Promise<LedgerKey[] | null> {
  if (key !== undefined) {
    const publicKey = fromHex(key.toLowerCase(), 32);
    if (publicKey) return [{id: keyId(origin(), publicKey), publicKey: toHex(publicKey)}];
    const {keys} = JSON.parse(read(key)) as {keys?: unknown};
    if (!Array.isArray(keys)) throw new Usage(`“${key}” is neither a public key nor a file of keys.`);
    return readKeys(keys);
  }
  if (url === undefined) return null;
  const {keys} = (await (await ask(url, '/api/ledger/keys')).json()) as {keys: unknown[]};
  return readKeys(keys);
}

async function ask(url: string, path: string): Promise<Response> {
  let answer;
  try {
    answer = await fetch(new URL(path, url));
  } catch (error) {
    throw new Usage(`${url} does not answer: ${error instanceof Error ? error.message : ''}`);
  }
  if (!answer.ok) throw new Usage(`${url}${path} answers ${answer.status}.`);
  return answer;
}

async function verifyFiles(wanted: Wanted, receiptFile: string): Promise<number> {
  const receipt = read(receiptFile);
  const keys = await trustedKeys(wanted, () => originIn(receipt));
  if (!keys)
    throw new Usage('Which key is to be trusted? Name it with --key, or the instance that publishes it with --url.');
  if (wanted.revision !== undefined) {
    const found = verifyRevision(bytesOf(wanted.revision), receipt, keys);
    if (found.ok) say(`${wanted.revision} is the text that was issued. ${proven(found)}`);
    return found.ok ? 0 : wrong(wanted.revision, found);
  }
  const found = verifyReceipts(receipt, keys);
  for (const one of found) {
    if (one.ok) say(`Act ${one.leaf.index} (${one.leaf.act}) stands in the ledger, unchanged. ${proven(one)}`);
    else wrong(receiptFile, one);
  }
  return found.length > 0 && found.every(({ok}) => ok) ? 0 : 1;
}

function proven({checkpoint: {size, at, key}}: Proven): string {
  return `Signed over ${size} acts at ${new Date(at).toISOString()} with key ${key}.`;
}

function originIn(receipt: string): string {
  try {
    const value = JSON.parse(receipt) as {checkpoint?: unknown; receipts?: {checkpoint?: unknown}[]};
    return readCheckpoint(String(value.checkpoint ?? value.receipts?.[0]?.checkpoint)).origin;
  } catch {
    return '';
  }
}

async function verifyInstance(wanted: Wanted, url: string): Promise<number> {
  const {body} = await ask(url, '/api/ledger/log');
  if (!body) throw new Usage(`${url} sends no log.`);
  const input = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
  return reportLog(await readLog(createInterface({input, crlfDelay: Infinity}), wanted));
}

async function readLog(lines: AsyncIterable<string>, wanted: Wanted): Promise<Verdict<LogReport>> {
  const known = wanted.checkpoint === undefined ? [] : [read(wanted.checkpoint)];
  let verifier: LogVerifier | null = null;
  for await (const line of lines) {
    verifier ??= new LogVerifier(await trustedKeys(wanted, () => headerOrigin(line)), known);
    verifier.push(line);
    if (verifier.failed) break;
  }
  return (verifier ?? new LogVerifier(null)).end();
}

function headerOrigin(line: string): string {
  try {
    const first = readLogLine(line);
    return first.is === 'header' ? first.header.origin : '';
  } catch (error) {
    if (error instanceof Invalid) return '';
    throw error;
  }
}

function reportLog(found: Verdict<LogReport>): number {
  if (!found.ok) return wrong('The log', found);
  const {acts, shown, checkpoints, newest, origin, keysKnown} = found;
  say(`The whole log of ${origin} is unchanged: ${acts} acts, ${shown} of them with what they say.`);
  say(
    `${checkpoints} checkpoints agree; the newest was signed at ${new Date(newest.at).toISOString()} with key ${newest.key}.`,
  );
  if (!keysKnown) say('The key comes from the file itself: compare it with the one that the instance publishes.');
  return 0;
}

function wrong(name: string, {problem, index}: Extract<Verdict<object>, {ok: false}>): 1 {
  const at = index === undefined ? '' : ` Found at act ${index}.`;
  complain(`${name}: ${translatorFor('en')(`verifier.problem.${problem}`)}${at}`);
  return 1;
}

async function verifyDatabase(): Promise<number> {
  const config = configOrEnd();
  const store = await openInstanceStore(config);
  try {
    const started = performance.now();
    const {acts, checkpoints, unsigned, root, flaws} = await auditLedger(
      store,
      publicKeyOf(signingKeyFrom(secretOf(config))),
    );
    for (const flaw of flaws) complain(flawSentence(flaw));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`${acts} acts and ${checkpoints} checkpoints were computed again in ${seconds} s; the root is ${toHex(root)}.`);
    if (unsigned > 0) say(`${unsigned} acts came after the newest checkpoint and are not signed yet.`);
    if (flaws.length === 0) say('Everything is as it was signed.');
    else complain(`${flaws.length} ${flaws.length === 1 ? 'thing is' : 'things are'} not as signed.`);
    return flaws.length === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}
