import {expect} from 'vitest';
import {call, signIn} from './members.ts';
import {appendWords, RawRoom} from './raw-room.ts';
import {startServer, until} from './server.ts';

/** Kills the server in mid-typing, again and again, and expects every acknowledged word once in what comes back. */
export async function crashWhileTyping({
  rounds,
  writers,
  perRound,
}: {
  rounds: number;
  writers: number;
  perRound: number;
}): Promise<void> {
  const server = await startServer({LIMITS: 'off'});
  const acknowledged = new Set<string>();
  let typed = 0;
  try {
    const dina = await signIn(server.url, 'dina');
    await call(server.url, dina, 'POST', '/api/papers', {
      consultation: 'copenhagen',
      slug: 'crash',
      title: 'Crash',
      text: 'Start.',
    });
    for (let round = 0; round < rounds; round++) {
      const rooms = await Promise.all(
        Array.from({length: writers}, async (_nothing, index) => {
          const cookie = await signIn(server.url, `writer-${index}`, {role: 'delegate'});
          return RawRoom.join(server.url, cookie, 'crash');
        }),
      );
      const sent = rooms.map(() => new Map<number, string>());
      const target = acknowledged.size + perRound;
      const timer = setInterval(() => {
        for (const [index, room] of rooms.entries()) {
          if (room.closed !== undefined) continue;
          const token = `<${round}.${index}.${typed++}>`;
          sent[index]?.set(room.edit(appendWords(token)), token);
        }
      }, 5);
      const collect = () => {
        for (const [index, room] of rooms.entries()) {
          for (const [n, token] of sent[index] ?? []) if (n <= room.acknowledged) acknowledged.add(token);
        }
        return acknowledged.size;
      };
      await until(() => collect() >= target, 20_000, 'acknowledgements');
      await server.crash();
      clearInterval(timer);
      collect();
      for (const room of rooms) room.close();
      await server.start();
      const {body} = await call<string>(server.url, null, 'GET', '/read/crash.txt');
      const lost = [...acknowledged].filter(token => !body.includes(token));
      expect(lost).toEqual([]);
      const twice = [...acknowledged].filter(token => body.split(token).length !== 2);
      expect(twice).toEqual([]);
    }
    console.log(`${rounds} kills, ${typed} edits sent, ${acknowledged.size} acknowledged, 0 lost`);
  } finally {
    await server.remove();
  }
}
