import {announceSignIn} from '@plenary/client/sign-in';
import type {Me} from '@plenary/protocol/api/people';
import {setCookie} from './device-choice.ts';
import {ask} from './http.ts';
import {useSend} from './use-send.ts';

/** Only a path of this very site: what stands in an address must not lead elsewhere. */
export function safePath(wanted: string | null, otherwise = '/'): string {
  return wanted !== null && /^\/(?![/\\])/.test(wanted) ? wanted : otherwise;
}

/** Ways of signing in; each ends by loading the page anew, so that nothing of another member stays in it. */
export function useSignIn() {
  const [state, send] = useSend();

  function enter(act: () => Promise<unknown>, to: string): Promise<boolean> {
    return send(async () => {
      await act();
      const {member} = await ask<Me>('GET', '/api/me');
      announceSignIn(member?.id ?? null);
      location.assign(to);
    });
  }

  return {
    state,
    /** The cast speaks the language of the page: who tries it keeps theirs. */
    signInAs: (as: string, to: string) =>
      enter(async () => {
        await ask('POST', '/api/demo/sign-in', {as});
        setCookie('language', document.documentElement.lang);
      }, to),
    signIn: (account: {email: string; password: string; rememberMe: boolean}, to: string) =>
      enter(() => ask('POST', '/api/auth/sign-in/email', account), to),
    signUp: (account: {email: string; password: string; name: string}, to: string) =>
      enter(() => ask('POST', '/api/auth/sign-up/email', account), to),
  };
}
