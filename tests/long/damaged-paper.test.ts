import {expect, test} from 'vitest';
import {languages} from '@plenary/domain/languages';
import {translatorFor} from '@plenary/locales/translate';
import {openStore} from '@plenary/store/open-store';
import {spoilUpdate} from '@plenary/store/testing/spoil-update';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser} from '../support/browser.ts';
import {openPaper, signInAs} from '../support/desk.ts';
import {openGrounds} from '../faults/grounds.ts';

test.skipIf(!thereIsABrowser)(
  'R72: the page of a damaged paper says so in each language, and other papers are written on',
  async () => {
    const grounds = await openGrounds('embedded');
    const {server, dataDir} = grounds;
    const browser = await launchBrowser();
    try {
      await server.stop();
      const store = await openStore({dataDir});
      await spoilUpdate(store, 'joint-statement');
      await store.close();
      await server.start();
      const ben = await personWith(browser, server.url);
      await signInAs(ben, 'ben');
      for (const language of languages) {
        await ben.context.addCookies([{name: 'language', value: language, url: server.url}]);
        await ben.page.goto('/papers/joint-statement');
        await ben.page.getByRole('alert').getByText(translatorFor(language)('refusals.paper.damaged')).waitFor();
        await expectAccessible(ben.page);
      }
      await ben.context.clearCookies({name: 'language'});
      await openPaper(ben.page, 'draft-resolution');
      expect(ben.errors).toEqual([]);
    } finally {
      await browser.close();
      await grounds.close();
    }
  },
  300_000,
);
