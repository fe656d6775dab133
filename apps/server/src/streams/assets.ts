import {readFile} from 'node:fs/promises';

export interface ReadAsset {
  /** Name under `/read-assets/`, with a hash of the content in it. */
  readonly file: string;
  readonly content: string;
}

/** What a page loads beside itself: two files, so that it is three requests. */
export interface PageAssets {
  readonly script: ReadAsset;
  readonly style: ReadAsset;
}

/** Of the reading page; with those of pages that follow a session. */
export interface ReadAssets extends PageAssets {
  readonly session: PageAssets;
  readonly hall: PageAssets;
}

/** The file beside the built server that `buildReadAssets` was written to. */
export const readAssetsFile = 'read-assets.json';

/** Built ones where there are any, else built now. */
export async function loadReadAssets(): Promise<ReadAssets> {
  const built = await readFile(new URL(readAssetsFile, import.meta.url), 'utf8').catch(() => null);
  if (built !== null) return JSON.parse(built) as ReadAssets;
  // A name that the bundler does not follow: the built server needs no bundler.
  const builder = './build-assets.ts';
  const {buildReadAssets} = (await import(builder)) as {buildReadAssets: () => Promise<ReadAssets>};
  return buildReadAssets();
}
