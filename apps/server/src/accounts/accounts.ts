import {createHmac, timingSafeEqual} from 'node:crypto';
import {betterAuth} from 'better-auth';
import {drizzleAdapter} from 'better-auth/adapters/drizzle';
import type {Logger} from 'pino';
import type {AccountStore} from '@plenary/store/store';

/** E-mail addresses, passwords and sign-ins, kept by better-auth. A member and what they may do are ours. */
export interface Accounts {
  /** The account that this `Cookie` header signs in to now, or null. */
  accountOf(cookies: string | undefined): Promise<string | null>;
  /** Whether the header carries a sign-in at all, valid or not. */
  hasCookie(cookies: string | undefined): boolean;
  /** Whether both headers carry the same sign-in, or neither carries one. */
  isSameSignIn(one: string | undefined, other: string | undefined): boolean;
  /** Runs one of better-auth's own endpoints. The request must carry no address and no agent. */
  answer(request: Request): Promise<Response>;
  /** An account that nobody can sign in to with a password. */
  create(account: {email: string; name: string}): Promise<string>;
  find(email: string): Promise<string | null>;
  /** Signs in without a password; resolves with the `Set-Cookie` header. */
  signIn(account: string): Promise<string>;
  remove(account: string): Promise<void>;
  /** `Set-Cookie` headers that take the sign-in from the device; what the server knows of it is another matter. */
  signOut(): readonly string[];
}

export interface AccountsOptions {
  readonly store: AccountStore;
  readonly secret: string;
  readonly publicUrl: string;
  readonly log: Logger;
  /** Sends the link that lets someone choose a new password. */
  readonly sendReset: (account: {id: string; email: string}, token: string) => Promise<void>;
}

const thirtyDays = 30 * 24 * 3600;
export const shortestPassword = 10;
export const longestPassword = 128;

export async function createAccounts(options: AccountsOptions): Promise<Accounts> {
  const {store, secret, publicUrl, log} = options;
  const secure = publicUrl.startsWith('https:');
  const auth = betterAuth({
    appName: 'Plenary',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    database: drizzleAdapter(store.database as Parameters<typeof drizzleAdapter>[0], {
      provider: 'pg',
      schema: store.schema,
    }),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({user, token}) => options.sendReset(user, token),
    },
    // A session that a request could lengthen would be written on reading.
    session: {expiresIn: thirtyDays, disableSessionRefresh: true, cookieCache: {enabled: false}},
    rateLimit: {enabled: false},
    telemetry: {enabled: false},
    advanced: {
      cookiePrefix: 'plenary',
      useSecureCookies: secure,
      // Our own Origin rule stands before it.
      disableCSRFCheck: true,
      disableOriginCheck: true,
      ipAddress: {disableIpTracking: true},
      defaultCookieAttributes: {sameSite: 'lax', httpOnly: true, path: '/'},
    },
    databaseHooks: {
      session: {
        create: {before: session => Promise.resolve({data: {...session, ipAddress: '', userAgent: ''}})},
        update: {before: session => Promise.resolve({data: {...session, ipAddress: '', userAgent: ''}})},
      },
    },
    logger: {
      // Its lines can name e-mail addresses: only that something failed is kept.
      log(level) {
        if (level === 'error') log.warn('An account request failed.');
      },
    },
  });
  const context = await auth.$context;
  const {name: cookieName, attributes} = context.authCookies.sessionToken;

  function sign(token: string): string {
    return createHmac('sha256', secret).update(token).digest('base64');
  }

  function tokenIn(cookies: string | undefined): string | null {
    const start = `${cookieName}=`;
    const part = (cookies ?? '').split(';').find(one => one.trimStart().startsWith(start));
    if (part === undefined) return null;
    let value;
    try {
      value = decodeURIComponent(part.trim().slice(start.length));
    } catch {
      return null;
    }
    const at = value.lastIndexOf('.');
    const token = value.slice(0, Math.max(0, at));
    const given = Buffer.from(value.slice(at + 1));
    const own = Buffer.from(sign(token));
    return given.length === own.length && timingSafeEqual(given, own) ? token : null;
  }

  return {
    async accountOf(cookies) {
      const token = tokenIn(cookies);
      if (token === null) return null;
      const found = await context.internalAdapter.findSession(token);
      return found && found.session.expiresAt.getTime() > Date.now() ? found.session.userId : null;
    },
    hasCookie: cookies => (cookies ?? '').includes(`${cookieName}=`),
    isSameSignIn: (one, other) => tokenIn(one) === tokenIn(other),
    answer: request => auth.handler(request),
    async create({email, name}) {
      const user = await context.internalAdapter.createUser(
        {email, name, emailVerified: false},
        {method: 'demonstration'},
      );
      return user.id;
    },
    async find(email) {
      return (await context.internalAdapter.findUserByEmail(email))?.user.id ?? null;
    },
    async signIn(account) {
      const session = await context.internalAdapter.createSession(account);
      const value = encodeURIComponent(`${session.token}.${sign(session.token)}`);
      return [
        `${cookieName}=${value}`,
        `Max-Age=${attributes.maxAge ?? thirtyDays}`,
        'Path=/',
        'HttpOnly',
        ...(secure ? ['Secure'] : []),
        'SameSite=Lax',
      ].join('; ');
    },
    remove: account => store.remove(account),
    signOut: () => [`${cookieName}=; Max-Age=0; Path=/; HttpOnly; ${secure ? 'Secure; ' : ''}SameSite=Lax`],
  };
}
