import {gunzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {textOf} from '@plenary/paper/view';
import type {Paragraph} from '@plenary/paper/view';
import {universalDeclaration} from '@plenary/scenes/papers/declaration';
import type {StoredPaperRow} from '@plenary/store/store';
import {changeBetween} from './change.ts';
import {changeEvent, heartbeat} from './events.ts';
import {followedText} from './followed-text.ts';
import type {FollowedText} from './followed-text.ts';
import {FrameChain, gzipEnd, gzipHead, packAlone} from './frame-chain.ts';
import {seededChance} from './testing/random-edits.ts';

describe('frames that are compressed once', () => {
  test('are read by everyone, whenever they came and whatever they were sent besides', async () => {
    const chance = seededChance(5);
    const chain = new FrameChain();
    interface Reader {
      epoch: number;
      sent: Buffer[];
      plain: Buffer[];
    }
    const readers: Reader[] = [];
    for (let n = 0; n < 400; n++) {
      if (chance() < 0.1) {
        const own = Buffer.from(`welcome ${n} `.repeat(1 + Math.floor(chance() * 50)));
        readers.push({epoch: chain.join(), sent: [gzipHead, packAlone(own)], plain: [own]});
      }
      if (chance() < 0.05) {
        chain.begin();
        for (const [index, reader] of readers.entries()) {
          const own = Buffer.from('x'.repeat(index));
          reader.sent.push(packAlone(own));
          reader.plain.push(own);
        }
      }
      const bytes = chance() < 0.2 ? heartbeat : Buffer.from(`frame ${n} in the course of human events ${chance()}\n`);
      const packed = chain.pack(bytes, chain.hasNewcomers(readers));
      for (const reader of readers) {
        reader.sent.push(reader.epoch <= packed.epoch ? packed.shared() : packed.alone());
        reader.plain.push(bytes);
      }
    }
    expect(readers.length).toBeGreaterThan(20);
    for (const {sent, plain} of readers) {
      const all = Buffer.concat(plain);
      // The checksum is checked by gunzip in the tests over HTTP; here the bytes count.
      const {crc32} = await import('node:zlib');
      const whole = Buffer.concat([...sent, gzipEnd(crc32(all), all.length)]);
      expect(gunzipSync(whole).equals(all)).toBe(true);
    }
  });

  test.each([
    {name: '1 s', tick: 1, most: 200_000},
    {name: '5 s, the data saver', tick: 5, most: 70_000},
  ])('an hour of three writers at five characters a second is light (tick $name)', async ({tick, most, name}) => {
    const content = await universalDeclaration('en');
    const source = content.map(textOf).filter(text => text.length > 200);
    const paper = {epoch: 1, language: 'en'} as StoredPaperRow;
    let paragraphs: Paragraph[] = content.map((one, at) => ({...one, name: `p${at}`, gone: false}));
    let text: FollowedText = followedText(paper, {seq: 1000, paragraphs}, null);
    const chain = new FrameChain();
    let bytes = 0;
    let plain = 0;
    const writers = [20, 45, 70].map((at, who) => ({
      at,
      words: source
        .slice(who * 5)
        .join(' ')
        .repeat(4),
      done: 0,
    }));
    for (let second = tick; second <= 3600; second += tick) {
      paragraphs = [...paragraphs];
      for (const writer of writers) {
        const written = writer.words.slice(writer.done, writer.done + 5 * tick);
        writer.done += 5 * tick;
        // Each begins a new paragraph somewhere else when one is full.
        if (textOf(paragraphs[writer.at] as Paragraph).length > 1500) writer.at = (writer.at + 7) % paragraphs.length;
        const old = paragraphs[writer.at] as Paragraph;
        paragraphs[writer.at] = {...old, runs: [{text: textOf(old) + written, marks: {}}]};
      }
      const next = followedText(paper, {seq: text.seq + 15 * tick, paragraphs}, text);
      const frame = changeEvent(next.id, changeBetween(text, next, 'en') ?? {});
      // Six bytes of chunked coding a frame.
      bytes += chain.pack(frame, false).shared().length + 6;
      plain += frame.length + 6;
      if (second % 12 === 0) bytes += chain.pack(heartbeat, false).shared().length + 6;
      text = next;
    }
    // oxlint-disable-next-line no-console -- a figure of the product
    console.log(`an hour at a tick of ${name}: ${bytes} bytes, ${plain} without compression`);
    expect(bytes).toBeLessThanOrEqual(most);
  });
});
