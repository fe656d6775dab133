import {fork} from 'node:child_process';
import {get} from 'node:http';
import {fileURLToPath} from 'node:url';
import {call, signIn} from '../support/members.ts';
import {startServer} from '../support/server.ts';

/**
 * How long an act in a session takes to reach those who follow it: `npm run bench -- follow`, with FOLLOWERS (2000)
 * and SECONDS (20). Its own built server and two processes of followers; it stops by itself and prints one JSON line.
 */
const followers = Number(process.env.FOLLOWERS ?? 2000);
const seconds = Number(process.env.SECONDS ?? 20);
const tick = 1000;
const processes = 2;

interface Told {
  readonly connected?: number;
  readonly lags?: readonly number[];
  readonly lost?: number;
}

/** Lag of an act is counted from before it is sent: the words of an announcement are the moment. */
function followMany(url: string, count: number): void {
  const lags: number[] = [];
  let connected = 0;
  let lost = 0;
  const one = () =>
    get(url, {agent: false, headers: {accept: 'text/event-stream'}}, response => {
      let isIn = false;
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        const now = Date.now();
        if (!isIn && part.includes('event:now')) {
          isIn = true;
          connected++;
          process.send?.({connected} satisfies Told);
        }
        const newest = /said-(\d{13})/.exec(part.split('"say":"')[1] ?? '')?.[1];
        if (newest !== undefined) lags.push(now - Number(newest));
      });
      response.on('close', () => lost++);
    }).on('error', () => lost++);
  let begun = 0;
  const beginning = setInterval(() => {
    for (let turn = 0; turn < 25 && begun < count; turn++, begun++) one();
    if (begun >= count) clearInterval(beginning);
  }, 25);
  process.on('message', () => {
    process.send?.({lags, lost} satisfies Told, () => process.exit(0));
  });
}

async function measure(): Promise<void> {
  const server = await startServer({LIMITS: 'off'});
  try {
    const dina = await signIn(server.url, 'dina');
    const path = '/api/sessions/opening';
    for (const name of ['session.join', 'session.open']) await call(server.url, dina, 'POST', `${path}/${name}`, {});
    const url = `${server.url}/follow/opening/events?tick=${tick}&lang=en`;
    const each = Math.ceil(followers / processes);
    const children = Array.from({length: processes}, () => fork(fileURLToPath(import.meta.url), [url, String(each)]));
    const connected = new Map<number, number>();
    await new Promise<void>(resolve => {
      for (const [place, child] of children.entries()) {
        child.on('message', (told: Told) => {
          if (told.connected !== undefined) connected.set(place, told.connected);
          if ([...connected.values()].reduce((sum, one) => sum + one, 0) >= each * processes) resolve();
        });
      }
    });
    const acts: number[] = [];
    const end = Date.now() + seconds * 1000;
    while (Date.now() < end) {
      const from = performance.now();
      await call(server.url, dina, 'POST', `${path}/announcement.make`, {text: `said-${Date.now()}`});
      acts.push(performance.now() - from);
      // Never in step with the tick.
      await new Promise(resolve => setTimeout(resolve, 1130 + (acts.length % 7) * 90));
    }
    await new Promise(resolve => setTimeout(resolve, 3 * tick));
    const told = await Promise.all(
      children.map(
        child =>
          new Promise<Told>(resolve => {
            child.on('message', (one: Told) => one.lags && resolve(one));
            child.send('tell');
          }),
      ),
    );
    const lags = told.flatMap(one => one.lags ?? []).toSorted((a, b) => a - b);
    const sorted = acts.toSorted((a, b) => a - b);
    // oxlint-disable-next-line no-console -- what the command is for
    console.log(
      JSON.stringify({
        scenario: 'follow',
        followers: each * processes,
        tick,
        acts: acts.length,
        heard: lags.length,
        lost: told.reduce((sum, one) => sum + (one.lost ?? 0), 0),
        lagP50: quantile(lags, 0.5),
        lagP99: quantile(lags, 0.99),
        lagMost: lags.at(-1) ?? 0,
        actP50: quantile(sorted, 0.5),
        actP99: quantile(sorted, 0.99),
      }),
    );
  } finally {
    await server.remove();
  }
}

function quantile(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

const [url, count] = process.argv.slice(2);
if (url !== undefined && count !== undefined) followMany(url, Number(count));
else await measure();
