import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import type {MemberId} from '@plenary/domain/ids';
import {openStore} from '@plenary/store/open-store';
import type {Store} from '@plenary/store/store';
import {newId} from '@plenary/store/testing/builders';
import {createMemoryBus} from '../adapters/bus.memory.ts';
import {createAttendances, type Attendances} from './attendance.ts';
import {answerTokensFrom} from './answered-polls.ts';
import {Desk} from './desk.ts';
import {aStoredSession} from './testing/a-stored-session.ts';

const tokens = answerTokensFrom('a secret that only this test knows');

let store: Store;
let now = 1_000_000;
const clock = {now: () => now};
const onError = (error: unknown) => {
  throw error;
};
const open: Attendances[] = [];

beforeAll(async () => {
  store = await openStore({memory: true});
}, 60_000);
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});
afterAll(() => store.close());

/** Ana, Ben and Cho are present, as a process finds them that has just begun. */
async function afterRestart(bus = createMemoryBus()) {
  const id = await aStoredSession(store);
  const before = await Desk.open(id, {store, clock, onError, tell: () => undefined, tokens});
  const members = [newId<'member'>(), newId<'member'>(), newId<'member'>()] as const;
  for (const member of members) {
    const request = {act: 'session.join', member, organisation: null, constituency: null, role: 'delegate'} as const;
    const actor = {member, organisation: null, role: 'delegate'};
    await before.ask({actor, request, words: new Map(), key: null});
  }
  const desk = await Desk.open(id, {store, clock, onError, tell: () => undefined, tokens});
  const attendances = attending(bus);
  return {desk, attendances, attendance: attendances.of(desk), members, bus};
}

function attending(bus: ReturnType<typeof createMemoryBus>): Attendances {
  const made = createAttendances({bus, clock, onError, every: 10, forAnswers: 30});
  open.push(made);
  return made;
}

const presences = (desk: Desk) => desk.state.participants.map(({presence}) => presence);
const aWhile = () => new Promise(resolve => setTimeout(resolve, 150));

describe('R52: attendance after a restart of the server', () => {
  test('judges nobody gone for a minute, and leaves no trace of who came back', async () => {
    const {desk, attendance, members} = await afterRestart();
    const [ana, ben] = members;
    now += 59_000;
    attendance.came({}, ana);
    await aWhile();
    expect(presences(desk)).toEqual(['present', 'present', 'present']);
    attendance.came({}, ben);
    const {seq} = desk.state;
    now += 2_000;
    await expect.poll(() => presences(desk)).toEqual(['present', 'present', 'left']);
    expect(desk.state.seq).toBe(seq + 1);
  });

  test('asks the other processes who is with them', async () => {
    const {desk, members, bus} = await afterRestart();
    const [ana] = members;
    const elsewhere = attending(bus);
    const there = await Desk.open(desk.session, {store, clock, onError, tell: () => undefined, tokens});
    elsewhere.of(there).came({}, ana);
    now += 61_000;
    await expect.poll(() => presences(desk)).toEqual(['present', 'left', 'left']);
    await aWhile();
    expect(presences(desk)[0]).toBe('present');
  });

  test('a window that is closed while another stays open is no matter', async () => {
    const {desk, attendance, members} = await afterRestart();
    const [first, second] = [{}, {}];
    for (const member of members) attendance.came({}, member);
    attendance.came(first, members[0]);
    attendance.went(first);
    attendance.went(second);
    now += 300_000;
    await aWhile();
    expect(presences(desk)).toEqual(['present', 'present', 'present']);
    expect(attendance.isHere('nobody-here-16' as MemberId)).toBe(false);
  });
});
