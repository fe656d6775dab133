import {once} from 'node:events';
import type {Response} from 'express';
import {z} from 'zod';
import {Refusal} from '@plenary/domain/refusal';
import {toHex} from '@plenary/ledger/encoding';
import {
  askEntries,
  askProof,
  checkpointJson,
  ledgerEntries,
  ledgerEntry,
  ledgerKeys,
  ledgerProof,
  mostEntries,
  receipt,
  receipts,
  type CheckpointJson,
  type LedgerEntryJson,
  type LedgerKeys,
} from '@plenary/protocol/api/ledger';
import type {StoredCheckpoint} from '@plenary/store/store';
import {instant} from '../core/instant.ts';
import {languageOf} from '../core/language.ts';
import {limitKey, open, route, type Web} from '../core/route.ts';
import {whoIs} from '../core/who.ts';
import {
  actsFrom,
  latestActs,
  oneAct,
  ownActs,
  placeOf,
  wholeLeaf,
  type Page,
  type ShownAct,
} from './entries.service.ts';
import {
  keyOf,
  leafOf,
  logLines,
  originIn,
  ownReceipts,
  proveConsistency,
  proveInclusion,
  receiptOf,
} from './proofs.service.ts';
import {verifierPage} from './verifier/verifier-page.ts';

const index = z.coerce.number().int().min(0);

export function openLedger(web: Web): void {
  const {app} = web;
  route(
    web,
    'GET /api/ledger/checkpoint',
    {
      summary: 'The newest signed checkpoint; null while nothing has happened',
      answer: z.object({checkpoint: checkpointJson.nullable()}),
    },
    async () => {
      const newest = await app.ledger.checkpoints.newest();
      return {checkpoint: newest && checkpointOf(newest)};
    },
  );
  route(
    web,
    'GET /api/ledger/keys',
    {summary: 'Name of the ledger, and the keys that have signed it', answer: ledgerKeys},
    () => publishedKeys(web),
  );
  route(
    web,
    'GET /api/ledger/entries',
    {
      summary: 'Acts as far as the reader may know of them, oldest first with `from`, else newest first',
      query: askEntries,
      answer: ledgerEntries,
    },
    async ({actor, query: {from, before, limit, paper, consultation}}) =>
      pageJson(
        from === undefined
          ? await latestActs(app, actor, {before: before ?? null, limit, paper, consultation})
          : await actsFrom(app, actor, from, limit),
      ),
  );
  route(web, 'GET /api/ledger/entries/:index', {summary: 'One act', answer: ledgerEntry}, async ({actor, param}) =>
    entryJson(await oneAct(app, actor, indexIn(param('index')))),
  );
  route(
    web,
    'GET /api/ledger/proof',
    {summary: 'An inclusion or a consistency proof of RFC 9162', query: askProof, answer: ledgerProof},
    async ({query}) => {
      if (query.index !== undefined) {
        const found = await proveInclusion(app, query.index, query.size ?? null);
        return {
          ...found,
          leafHash: toHex(found.leafHash),
          root: toHex(found.root),
          proof: found.proof.map(toHex),
        };
      }
      const found = await proveConsistency(app, query.from ?? 0, query.to ?? null);
      return {
        ...found,
        fromRoot: toHex(found.fromRoot),
        toRoot: toHex(found.toRoot),
        proof: found.proof.map(toHex),
      };
    },
  );
  route(
    web,
    'GET /api/ledger/receipt',
    {summary: 'The receipt of an act that the reader may know all of', query: z.object({index}), answer: receipt},
    ({actor, query}) => receiptOf(app, actor, query.index),
  );
  route(
    web,
    'GET /api/me/acts',
    {
      summary: 'What the member did, newest first',
      query: z.object({before: index.optional(), limit: z.coerce.number().int().min(1).max(mostEntries).default(20)}),
      answer: ledgerEntries,
    },
    async ({actor, query}) => pageJson(await ownActs(app, actor, query.before ?? null, query.limit)),
  );
  route(
    web,
    'GET /api/me/receipts',
    {summary: 'Receipts of what the member did, the newest 5,000', answer: receipts},
    async ({actor, response}) => {
      attach(response, 'plenary-receipts.json');
      return {plenary: 'receipts' as const, version: 1 as const, receipts: await ownReceipts(app, actor)};
    },
  );

  describe(web, 'GET /api/ledger/log', 'The whole ledger as JSON lines, as far as the reader may know it');
  open(web, 'GET /api/ledger/log', async (request, response) => {
    const {actor} = await whoIs(app, request);
    app.limits.spend('export', limitKey(actor, request));
    const lines = logLines(app, actor);
    const first = await lines.next();
    if (first.done) throw new Refusal('not-found');
    attach(response, 'plenary-log.jsonl');
    response.setHeader('Cache-Control', 'no-store');
    response.type('application/jsonl; charset=utf-8');
    response.write(`${first.value}\n`);
    for await (const line of lines) {
      if (response.destroyed) return;
      if (!response.write(`${line}\n`)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    response.end();
  });

  describe(
    web,
    'GET /api/ledger/verifier',
    'One HTML file that verifies receipts, revisions and logs without a network',
  );
  open(web, 'GET /api/ledger/verifier', async (request, response) => {
    const {language} = await whoIs(app, request);
    const published = await app.ledger.checkpoints.published();
    attach(response, 'plenary-verifier.html');
    response.setHeader('Cache-Control', 'no-store');
    response.type('html');
    response.send(
      await verifierPage({
        language: languageOf(request, language),
        origin: published?.origin ?? null,
        keys: (published?.keys ?? []).map(keyOf),
      }),
    );
  });
}

function describe(web: Web, door: 'GET /api/ledger/log' | 'GET /api/ledger/verifier', summary: string): void {
  web.described.push({door, summary});
}

function attach(response: Response, name: string): void {
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
}

function indexIn(text: string): number {
  const parsed = index.safeParse(text);
  if (!parsed.success || text === '') throw new Refusal('not-found');
  return parsed.data;
}

async function publishedKeys({app}: Web): Promise<LedgerKeys> {
  const published = await app.ledger.checkpoints.published();
  if (!published) return {origin: null, keys: []};
  return {
    origin: published.origin,
    keys: published.keys.map(({serves, servesFrom, lastSigned, ...key}) => ({
      ...keyOf(key),
      from: instant(servesFrom),
      to: serves ? null : instant(lastSigned ?? servesFrom),
    })),
  };
}

function checkpointOf(stored: StoredCheckpoint): CheckpointJson {
  const {size, root, at, key, note} = stored;
  return {origin: originIn(stored), size, root: toHex(root), at: instant(at), key, note};
}

function pageJson({size, acts, more}: Page): z.input<typeof ledgerEntries> {
  return {size, more, entries: acts.map(entryJson)};
}

function entryJson(act: ShownAct): LedgerEntryJson {
  const {entry, seen, by, yours} = act;
  const place = placeOf(seen);
  const whole = wholeLeaf(act);
  return {
    index: entry.index,
    leafHash: toHex(entry.leafHash),
    act: place && {name: entry.act, at: instant(entry.at), place, by, yours},
    leaf: whole && {salt: toHex(whole.salt), content: leafOf(whole)},
  };
}
