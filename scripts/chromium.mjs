import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function find() {
  if (process.env.CHROMIUM && existsSync(process.env.CHROMIUM)) return process.env.CHROMIUM;
  return places.find(place => existsSync(place));
}

/** The path of a Chromium, installed from Debian's packages where that is possible; undefined when there is none to be had. */
export function ensureChromium(say) {
  const found = find();
  if (found) return found;
  const isRoot = process.getuid?.() === 0;
  if (process.platform === 'linux' && isRoot && spawnSync('apt-get', ['--version']).status === 0) {
    say('Installing Chromium for the journeys …');
    const quiet = {stdio: 'ignore', env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'}};
    spawnSync('apt-get', ['update', '-qq'], quiet);
    spawnSync('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-noto-core', 'fonts-noto-cjk'], quiet);
    const installed = find();
    if (installed) return installed;
  }
  say(
    'There is no Chromium on this machine, so the journeys in a real browser cannot run: install it, or name one in CHROMIUM.',
  );
  return undefined;
}
