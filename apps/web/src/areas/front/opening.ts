export interface Words {
  readonly text: string;
  readonly as: 'plain' | 'opener' | 'bold' | 'italic';
}

export interface Opening {
  /** Id of the text, from which the stream goes on. */
  readonly state: string;
  readonly paragraphs: readonly {
    readonly name: string;
    readonly label: string;
    readonly words: readonly Words[];
    readonly indented: boolean;
    readonly lang: string | undefined;
    readonly dir: string | undefined;
  }[];
}

const shown = 3;
const enoughCharacters = 620;

/**
 * The first numbered paragraphs of a paper (or its first ones, if none has a number), read out of the page that every
 * follower gets: only its words and their emphasis are taken, never its HTML.
 */
export async function readOpening(slug: string, signal: AbortSignal): Promise<Opening> {
  const response = await fetch(`/read/${slug}`, {signal, headers: {accept: 'text/html'}});
  if (!response.ok) return {state: '', paragraphs: []};
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const all = [...page.querySelectorAll<HTMLElement>('.pp:not(.gone)')].filter(
    element =>
      !element.matches('.kind-title, .kind-organ, .kind-heading') && element.querySelector('.text')?.textContent,
  );
  const numbered = all.filter(element => element.querySelector('.pn')?.textContent.trim());
  const paragraphs: Opening['paragraphs'][number][] = [];
  let characters = 0;
  for (const element of numbered.length > 0 ? numbered : all) {
    const words = wordsOf(element.querySelector('.text'));
    paragraphs.push({
      name: element.dataset.p ?? String(paragraphs.length),
      label: element.querySelector('.pn')?.textContent.trim() ?? '',
      words,
      indented: element.classList.contains('lev'),
      lang: element.lang || undefined,
      dir: element.dir || undefined,
    });
    characters += words.reduce((sum, {text}) => sum + text.length, 0);
    if (paragraphs.length === shown || characters > enoughCharacters) break;
  }
  return {state: page.querySelector<HTMLElement>('[data-state]')?.dataset.state ?? '', paragraphs};
}

function wordsOf(text: Element | null): Words[] {
  return [...(text?.childNodes ?? [])].map(node => ({text: node.textContent ?? '', as: emphasisOf(node)}));
}

function emphasisOf(node: Node): Words['as'] {
  switch (node.nodeName) {
    case 'EM':
      return 'opener';
    case 'B':
      return 'bold';
    case 'I':
      return 'italic';
    default:
      return 'plain';
  }
}
