/** Signs in through the demonstration route; answers with the cookie. */
export async function signIn(
  url: string,
  as: string,
  more: {role?: string; organisation?: string} = {},
): Promise<string> {
  const response = await fetch(`${url}/api/demo/sign-in`, {
    method: 'POST',
    headers: {'content-type': 'application/json'},
    body: JSON.stringify({as, ...more}),
  });
  if (!response.ok) throw new Error(`Signing in as ${as} answered ${response.status}: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ');
}

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** A request with a member's cookie and JSON in and out. */
export async function call<Body = Record<string, unknown>>(
  url: string,
  cookie: string | null,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<Body>> {
  const response = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(cookie ? {cookie} : {}),
      ...(body === undefined ? {} : {'content-type': 'application/json'}),
      ...headers,
    },
    ...(body === undefined ? {} : {body: JSON.stringify(body)}),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return {status: response.status, body: (isJson ? JSON.parse(text) : text) as Body, headers: response.headers};
}
