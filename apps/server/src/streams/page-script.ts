import type {Change} from './change.ts';
import {acts, announce, apply, connect, digest, find, parse, state} from './page-live.ts';
import type {Hear} from './page-live.ts';

// The one script of the reading page (see events.ts). Bundled and minified by build-assets.ts; it must stay under 3 kB.

function arrive(event: MessageEvent): void {
  find('.asof b').textContent = event.lastEventId.replace(/.*\./, '');
  find('.asof time').textContent = new Date().toISOString().slice(0, 19).replace('T', ' ');
}

let knownActs = Number(acts);
function learn({acts, seq = acts}: {acts: number; seq?: number}): void {
  if (seq === knownActs) return;
  knownActs = seq;
  void fetch(location.href)
    .then(answer => answer.text())
    .then(html => {
      const status = find('.status', new DOMParser().parseFromString(html, 'text/html'));
      if (!status) return;
      find('.status').replaceWith(status);
      announce(status.textContent ?? '');
    });
}

const hears: Record<string, Hear> = {
  state(whole: {paragraphs: [html: string, text: string][]}, event) {
    find('article').replaceChildren(...whole.paragraphs.map(([html]) => parse(html)));
    arrive(event);
  },
  change(change: Change & {digest?: number}, event) {
    apply(change);
    arrive(event);
    announce();
    if ((change.digest ?? -1) >= 0 && change.digest !== digest()) connect(undefined, hears);
  },
  paper: learn,
  notice: learn,
  // The page as it is now says why nothing more comes.
  closed: () => location.reload(),
};
connect(state, hears);
