import type {Page} from 'playwright-core';
import type {Person} from './browser.ts';

/** The text box of the paper that a page shows. */
export function editorOf(page: Page) {
  return page.getByRole('textbox', {name: /^Text of the paper/});
}

/** Signs in as one of the cast from inside the browser, and opens a paper until it is saved and can be read. */
export async function openAs(person: Person, as: string, paper: string): Promise<void> {
  await signInAs(person, as);
  await openPaper(person.page, paper);
}

/** Signs in as one of the cast from inside the browser. */
export async function signInAs({page}: Person, as: string): Promise<void> {
  await page.goto('/healthz');
  await page.evaluate(
    name =>
      fetch('/api/demo/sign-in', {
        method: 'POST',
        headers: {'content-type': 'application/json'},
        body: JSON.stringify({as: name}),
      }).then(() => undefined),
    as,
  );
}

export async function openPaper(page: Page, paper: string): Promise<void> {
  await page.goto(`/papers/${paper}`);
  await editorOf(page).waitFor();
  await page.getByText('Saved', {exact: true}).waitFor();
}

export async function typeAtEnd(page: Page, words: string): Promise<void> {
  await editorOf(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(words);
}

/** What stands in the text box, without the names of those who write in it. */
export async function textOf(page: Page): Promise<string> {
  return editorOf(page).evaluate(editor => {
    const copy = editor.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.caret')) caret.remove();
    return [...copy.querySelectorAll('.pp')].map(paragraph => paragraph.textContent).join('\n');
  });
}
