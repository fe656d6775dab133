interface Options {
  readonly url?: string;
  readonly runScripts?: 'outside-only';
}
type Opened = Window & typeof globalThis & {eval(code: string): unknown};

// jsdom brings no types of its own, so the compiler must not look for them.
const name: string = 'jsdom';
const {JSDOM} = (await import(name)) as {JSDOM: new (html: string, options?: Options) => {window: Opened}};

/** A document as a browser makes it out of the text; nothing in it runs and nothing is loaded. */
export function parseHtml(html: string): Document {
  return new JSDOM(html).window.document;
}

/** A window in which `eval` runs code that the test hands over; the page's own scripts do not run. */
export function openWindow(html: string, url: string): Opened {
  return new JSDOM(html, {url, runScripts: 'outside-only'}).window;
}
