import {describeApi} from './openapi.ts';
import {open, type Web} from './route.ts';

/** How the instance is, for those who run it and for programs. */
export function openInstance(web: Web, isReady: () => boolean): void {
  const {app} = web;
  open(web, 'GET /healthz', (_request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    response.json({status: 'ok'});
  });
  open(web, 'GET /readyz', async (_request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    const ready = isReady() && (await answersSoon(app.store.ping()));
    response.status(ready ? 200 : 503).json({status: ready ? 'ready' : 'not ready'});
  });
  open(web, 'GET /metrics', (_request, response) => {
    const {rooms, connections} = app.rooms.stats();
    const live = app.live.stats().connections;
    response.type('text/plain; version=0.0.4; charset=utf-8');
    const {papers, ...ofPapers} = app.streams.stats();
    const {sessions, ...ofSessions} = app.sessionStreams.stats();
    response.send(
      app.counts.text({
        rooms,
        roomConnections: connections,
        liveConnections: live,
        papers: {open: papers, ...ofPapers},
        sessions: {open: sessions, ...ofSessions},
      }),
    );
  });
  let description: object | undefined;
  open(web, 'GET /api/openapi.json', (_request, response) => {
    response.json((description ??= describeApi(web.described)));
  });
}

/** A database that does not answer within two seconds does not serve anybody. */
async function answersSoon(ping: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>(resolve => {
    timer = setTimeout(() => resolve(false), 2000);
  });
  try {
    return await Promise.race([ping.then(() => true), tooLate]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
