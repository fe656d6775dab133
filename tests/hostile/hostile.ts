import {parseArgs} from 'node:util';
import {startServer} from '../support/server.ts';
import {attackInstance, sayReport} from './campaign.ts';
import {demonstrationCookies, type Cookies} from './grounds.ts';

const help = `Attacks an instance as hostile clients would, while three honest people type.

  npm run hostile                        against an instance of its own
  npm run hostile -- --url http://…      against one in demonstration mode
      --chair, --attacker, --observer, --victim, --honest (three times): cookies, where there is no demonstration
      --consultation <slug>   where it makes its papers; copenhagen unless said
      --frames <n>            fuzzed frames; 20000 unless said

It makes two papers in the consultation, and ends by itself. Attack only what is yours.`;

const {values} = parseArgs({
  options: {
    url: {type: 'string'},
    chair: {type: 'string'},
    attacker: {type: 'string'},
    observer: {type: 'string'},
    victim: {type: 'string'},
    honest: {type: 'string', multiple: true},
    consultation: {type: 'string'},
    frames: {type: 'string', default: '20000'},
    help: {type: 'boolean', default: false},
  },
});

async function cookiesFor(url: string): Promise<Cookies> {
  const {chair, attacker, observer, victim, honest} = values;
  if (!chair && !attacker && !observer && !victim && !honest) return demonstrationCookies(url);
  if (!chair || !attacker || !observer || !victim || !honest || honest.length < 3) {
    throw new Error(
      'With cookies of your own, give all of --chair, --attacker, --observer, --victim and three --honest.',
    );
  }
  return {chair, attacker, observer, victim, honest};
}

const say = (line: string): void => console.log(line);
if (values.help) say(help);
else {
  const own = values.url ? null : await startServer();
  try {
    const url = (values.url ?? own?.url ?? '').replace(/\/$/, '');
    const report = await attackInstance({
      url,
      cookies: await cookiesFor(url),
      frames: Number(values.frames),
      say,
      ...(values.consultation ? {consultation: values.consultation} : {}),
    });
    process.exitCode = sayReport(report, say) ? 0 : 1;
  } finally {
    await own?.remove();
  }
}
