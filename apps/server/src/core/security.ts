import {randomBytes} from 'node:crypto';
import type {NextFunction, Request, RequestHandler, Response} from 'express';
import helmet from 'helmet';
import {Refusal} from '@plenary/domain/refusal';
import {isLoopback, type Config} from '../config.ts';

/**
 * Whose pages may change something here or open a socket: the instance's own address and the loopback ones on its port.
 * No `Origin` at all comes from programs, which a foreign page cannot make act: accepted, the cookie decides.
 */
export function originRule(
  config: Pick<Config, 'publicUrl' | 'port'>,
  listeningPort: () => number | null,
): (origin: string | undefined) => boolean {
  return origin => {
    if (origin === undefined) return true;
    if (!URL.canParse(origin)) return false;
    const {hostname, port, protocol, origin: normal} = new URL(origin);
    if (normal === config.publicUrl) return true;
    if (!isLoopback(hostname.replace(/^\[|\]$/g, ''))) return false;
    const asked = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
    return asked === config.port || asked === listeningPort();
  };
}

export function refuseForeignOrigins(allowed: (origin: string | undefined) => boolean): RequestHandler {
  return (request, _response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
    if (reads) return next();
    const {origin} = request.headers;
    const crossSite = origin === undefined && request.headers['sec-fetch-site'] === 'cross-site';
    next(crossSite || !allowed(origin) ? new Refusal('origin.refused') : undefined);
  };
}

/** The nonce of this answer's policy, for `<style nonce>` and the `csp-nonce` meta. */
export function nonceOf(response: Response): string {
  const locals = response.locals as {nonce?: string};
  return (locals.nonce ??= randomBytes(18).toString('base64'));
}

/** One policy for every answer. Scripts come from this server alone; nothing is asked of any other host. */
export function securityHeaders(config: Pick<Config, 'publicUrl'>): RequestHandler {
  const overTls = config.publicUrl?.startsWith('https:') ?? false;
  const headers = helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: overTls ? {maxAge: 15_552_000, includeSubDomains: false} : false,
    referrerPolicy: {policy: 'same-origin'},
    crossOriginOpenerPolicy: {policy: 'same-origin'},
    crossOriginResourcePolicy: {policy: 'same-origin'},
    xFrameOptions: {action: 'deny'},
  });
  return (request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Content-Security-Policy', contentPolicy(nonceOf(response), request.headers.host));
    response.setHeader(
      'Permissions-Policy',
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    );
    headers(request, response, next);
  };
}

export function contentPolicy(nonce: string, host: string | undefined): string {
  // Older browsers do not count sockets of the own host as 'self'.
  const sockets = host !== undefined && /^[\w.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    `connect-src 'self'${sockets}`,
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
  ].join('; ');
}
