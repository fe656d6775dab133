import type {Change} from './change.ts';
import {announce, apply, connect, state} from './page-live.ts';
import type {Hear} from './page-live.ts';

// The one script of the pages that follow a session (see events.ts): for a reader and for the hall. Bundled and minified by
// build-assets.ts; it must stay under 3 kB.

/** The server's clock before this one's, in milliseconds. */
let ahead = 0;

/** Clocks run here between two events: `data-says` holds what is left, ending and over, `#` in each is the time. */
function tick(): void {
  const now = Date.now() + ahead;
  for (const clock of document.querySelectorAll<HTMLElement>('[data-until]')) {
    const {until, says = ''} = clock.dataset;
    const seconds = Math.ceil((Number(until) - now) / 1000);
    const length = Math.abs(seconds);
    const words = says.split('|')[seconds < 0 ? 2 : Number(seconds <= 30)] ?? '';
    clock.textContent = words.replace('#', `${Math.floor(length / 60)}:${`0${length % 60}`.slice(-2)}`);
    clock.classList.toggle('late', seconds <= 30);
  }
  for (const hour of document.querySelectorAll('.now')) {
    hour.textContent = `${new Date(now).toISOString().slice(11, 16)} UTC`;
  }
}

function show(sections: Readonly<Record<string, string>>): void {
  for (const name in sections) {
    const section = document.getElementById(name);
    if (section) section.innerHTML = sections[name] ?? '';
  }
  tick();
}

const hears: Record<string, Hear> = {
  state: (whole: {sections: Record<string, string>}) => show(whole.sections),
  change({set = {}, text, say}: {set?: Record<string, string>; text?: Change; say?: string}) {
    if (text) apply(text);
    show(set);
    announce(say);
  },
  now({now}: {now: number}) {
    ahead = now - Date.now();
    tick();
  },
  // The page as it is now says why nothing more comes.
  closed: () => location.reload(),
};
connect(state, hears);
setInterval(tick, 250);
