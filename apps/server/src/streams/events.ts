import type {Change} from './change.ts';
import type {FollowedText} from './followed-text.ts';
import {paragraphHtml} from './followed-text.ts';

/*
 * `GET /read/<paper>/events?tick=<ms>&from=<id>`: Server-Sent Events (R16)
 *
 * tick    milliseconds between two changes: 1000 unless said; one of 250, 500, 1000, 2000, 5000, 15000, 60000, else the next
 *         longer one. The page's data saver asks for 5000.
 * from    id of the text that the reader holds, from an earlier event or the page (`data-state` of its <article>); the
 *         header `Last-Event-ID`, which browsers send by themselves, goes before it.
 * ids     `<epoch>.<seq>`: place in the paper's update log. The same id is the same text, always and on every process.
 *
 * The stream begins with `retry:`, then what the reader lacks: nothing, `change` events, or one `state`.
 *
 * state   {"paragraphs": [[html, text], …]}. The whole text. Has an id.
 * change  What makes the next text of the last one; done in this order, each part absent when empty. Has an id.
 *           "cut":   [place, …]                              paragraphs that go, the last one first
 *           "put":   [[place, html, text], …]                paragraphs that come, to the place they then have, first one first
 *           "set":   [[place, html, text], …]                paragraphs whose structure or format changed
 *           "text":  [[place, position, deleted, inserted], …]  so many units deleted at the position, then words inserted there
 *           "label": [[place, label], …]                     numbers that changed ("OP 3")
 *           "digest": n                                      FNV-1a (32 bits) over the UTF-16 units of all paragraphs' texts,
 *                                                            each ended by a line feed, after this change; now and then
 *         Places count paragraphs from 0; positions and lengths count UTF-16 units of `text`, labels are no part of it.
 *         The canonical text is each paragraph's text in NFC, every line end in it made a space, ended by a line feed.
 * paper   {"mode", "publication", "embargoUntil", "acts"}: how the paper stands; once at the beginning. `acts` counts its
 *         recorded acts.
 * notice  A recorded act, as `notice` at /rt: {"paper", "seq", "at", "by", "act", …}. `by` is null where the policy shows no names.
 * closed  {"sees": "title" | "nothing"}: the reader may no longer read; the stream ends, and coming back is refused.
 * :       a comment every 12 seconds, so that a dead line is noticed.
 *
 * Deleted words are only counted, nobody is named but in notices, and all followers of a paper at one tick get the same bytes.
 */

/** Few enough that followers of one paper share their frames. */
export const ticks = [250, 500, 1000, 2000, 5000, 15_000, 60_000] as const;
export const usualTick = 1000;

/** A number becomes the next longer tick there is, anything else the usual one. */
export function tickOf(asked: unknown): number {
  const tick = typeof asked === 'string' && /^\d{1,9}$/.test(asked) ? Number(asked) : usualTick;
  return ticks.find(one => one >= tick) ?? 60_000;
}

/** An id that a reader brought; null when it is none of ours. */
export function idOf(asked: unknown): string | null {
  return typeof asked === 'string' && /^\d{1,9}\.\d{1,15}$/.test(asked) ? asked : null;
}

export function stateEvent(text: FollowedText, language: string): Buffer {
  const paragraphs = text.paragraphs.map(paragraph => [paragraphHtml(paragraph, language), paragraph.text]);
  return event('state', {paragraphs}, text.id);
}

export function changeEvent(id: string, change: Change & {readonly digest?: number}): Buffer {
  return event('change', change, id);
}

export function event(name: string, data: unknown, id?: string): Buffer {
  return Buffer.from(`${id === undefined ? '' : `id:${id}\n`}event:${name}\ndata:${JSON.stringify(data)}\n\n`);
}

/** Milliseconds after which a cut reader comes back. */
export function retry(ms: number): Buffer {
  return Buffer.from(`retry:${Math.round(ms)}\n\n`);
}

export const heartbeat = Buffer.from(':\n\n');
