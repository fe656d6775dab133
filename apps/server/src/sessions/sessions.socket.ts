import {sessionActNames} from '@plenary/domain/sessions/acts';
import type {SessionActName} from '@plenary/domain/sessions/acts';
import {sessionActBodies, sessionActEnvelope} from '@plenary/protocol/api/sessions';
import {unwatchSession, watchSession} from '@plenary/protocol/rt';
import type {ActAnswer} from '@plenary/protocol/rt';
import type {App} from '../app.ts';
import {answer, refused} from '../core/answer.ts';
import type {AnswerContext} from '../core/answer.ts';
import type {Identify, LiveArea, LiveListener, LiveServer, LiveSocket} from '../core/live.ts';
import {refusalFrom} from '../core/refuse.ts';
import {SessionAudiences} from './audiences.ts';
import {actOn, seqAfter} from './sessions.service.ts';

/** Live sessions over the connections that papers use too: who watches, and what they ask for. */
export function createSessionsLive(app: () => App, io: LiveServer, {identify, identifyLately}: Identify): LiveArea {
  const audiences = new SessionAudiences(app, io, identify);

  function listenerOf(name: SessionActName, socket: LiveSocket, context: AnswerContext): LiveListener {
    const schema = sessionActBodies[name];
    return async (message, reply) => {
      const say = (given: ActAnswer): void => {
        if (typeof reply === 'function') (reply as (given: ActAnswer) => void)(given);
      };
      let session = '';
      try {
        const envelope = sessionActEnvelope.parse(message);
        session = envelope.session;
        const body = schema.parse(message);
        const actor = await identifyLately(socket);
        const {seq, value} = await actOn(app(), actor, session, {name, body, retry: envelope.key ?? null});
        if (name === 'session.join') await audiences.attends(socket, session);
        say({ok: true, value, seq});
      } catch (error) {
        const refusal = refusalFrom(error);
        if (refusal.code === 'server.failed') context.onError(error);
        say({...refused(refusal, context.language), seq: await seqAfter(app(), refusal, session)});
      }
    };
  }

  return {
    listeners: (socket, context) => ({
      ...Object.fromEntries(sessionActNames.map(name => [name, listenerOf(name, socket, context)])),
      'session.watch': answer(
        watchSession,
        ({session, since}) => audiences.watch(socket, session, since ?? null),
        context,
      ),
      'session.unwatch': answer(
        unwatchSession,
        async ({session: key}) => {
          const found = await app().store.sessions.find(key);
          if (found) audiences.leave(socket, found.id);
          return null;
        },
        context,
      ),
    }),
    disconnected: socket => audiences.disconnected(socket),
    rejudge: isTheirs => audiences.rejudge(isTheirs),
    watched: () => audiences.watched,
    close: () => audiences.close(),
  };
}
