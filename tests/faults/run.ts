import {parseArgs} from 'node:util';
import {runFaults, shortScale, wholeScale} from './campaign.ts';

const help = `Breaks things while people type, and counts what is lost of what was called Saved.

  npm run faults                     everything, as it is promised (some ten minutes)
  npm run faults -- --short          a few rounds of everything
      --only <words>                 the faults whose names hold these words
      --outage <seconds>             how long the database is gone; 30 unless said
      --json <file>                  one JSON line a fault

Servers, databases and people are its own, on this machine alone. Faults of PostgreSQL need TEST_DATABASE_URL, on whose
server it makes databases of its own and drops them; those of two machines need TEST_REDIS_URL as well.`;

const {values} = parseArgs({
  options: {
    short: {type: 'boolean', default: false},
    only: {type: 'string'},
    outage: {type: 'string'},
    json: {type: 'string'},
    help: {type: 'boolean', default: false},
  },
});

const say = (line: string): void => console.log(line);
if (values.help) say(help);
else {
  const scale = values.short ? shortScale : wholeScale;
  const lines = await runFaults({
    scale: values.outage === undefined ? scale : {...scale, outage: Number(values.outage) * 1000},
    only: values.only,
    json: values.json,
    say,
  });
  const broken = lines.filter(({kept}) => !kept).length;
  const acknowledged = lines.reduce((sum, line) => sum + line.acknowledged, 0);
  const lost = lines.reduce((sum, line) => sum + line.lost, 0);
  say(`${lines.length} faults, ${acknowledged} words acknowledged, ${lost} lost, ${broken} promises broken`);
  process.exitCode = lines.length > 0 && broken === 0 ? 0 : 1;
}
