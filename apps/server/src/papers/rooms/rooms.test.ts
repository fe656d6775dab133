import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {House, textOfDoc, until} from './testing/house.ts';

describe('Rooms', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house.close());

  test('Two stock providers, unmodified, write together.', async () => {
    const paper = await house.paper();
    await house.rooms.seed(
      paper,
      [{kind: 'text', level: 0, dir: null, lang: null, runs: [{text: 'We, the people', marks: {}}]}],
      house.cast.ana.number,
    );
    const ana = house.stock(paper, 'ana');
    const ben = house.stock(paper, 'ben');
    await until(() => ana.synced && ben.synced);
    expect(textOfDoc(ana.doc)).toBe('¶We, the people');
    ana.doc.getText('body').insert(15, ', agree', {});
    ben.doc.getText('body').insert(1, 'Today: ', {});
    await until(() => textOfDoc(ana.doc) === '¶Today: We, the people, agree');
    await until(() => textOfDoc(ben.doc) === textOfDoc(ana.doc));
    const {paragraphs} = await house.rooms.read(paper);
    expect(paragraphs.map(({runs}) => runs.map(run => run.text).join(''))).toEqual(['Today: We, the people, agree']);
    expect(house.troubles).toEqual([]);
  });
});
