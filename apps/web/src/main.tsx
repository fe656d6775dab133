import {StrictMode} from 'react';
import {createRoot} from 'react-dom/client';
import {readBoot} from './lib/boot.ts';
import {loadSentences, ReaderContext, translate} from './lib/language.tsx';
import {MeContext} from './lib/member.tsx';
import {showKeptTheme} from './lib/theme.ts';
import {forgetOthers} from './lib/this-device.ts';
import {preloadPage, Routes} from './routes.tsx';
import './ui/tokens.css';
import './ui/components.css';
import './ui/text.css';

/** The page of the server, with the text of the paper if it has one, stands until there is something to put in its place. */
async function start(root: HTMLElement): Promise<void> {
  const {language, direction, me, isOffline} = readBoot();
  if (isOffline) showKeptTheme();
  else forgetOthers(me.member);
  await Promise.all([loadSentences('core', language), preloadPage(location.pathname)]);
  createRoot(root).render(
    <StrictMode>
      <ReaderContext value={{language, direction, translate}}>
        <MeContext value={me}>
          <Routes />
        </MeContext>
      </ReaderContext>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) void start(root);
