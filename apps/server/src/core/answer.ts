import type {z} from 'zod';
import type {Language} from '@plenary/domain/languages';
import {Refusal} from '@plenary/domain/refusal';
import type {Answer} from '@plenary/protocol/rt';
import {refusalBody} from './refuse.ts';

/** Says no over a socket with the same body as over HTTP. */
export function refused(refusal: Refusal, language: Language): Extract<Answer<never>, {ok: false}> {
  return {ok: false, ...refusalBody(refusal, language)};
}

export interface AnswerContext {
  readonly language: Language;
  /** Hears what was not a refusal, and so is a bug. */
  readonly onError: (error: unknown) => void;
}

/**
 * Makes the listener of one socket event: parses the message, runs, and answers `{ok: true, value}` or
 * `{ok: false, refusal, sentence}`. An event without an acknowledgement is run all the same.
 */
export function answer<Schema extends z.ZodType, Value>(
  schema: Schema,
  run: (message: z.output<Schema>) => Promise<Value>,
  context: AnswerContext,
): (message: unknown, reply?: unknown) => Promise<void> {
  return async (message, reply) => {
    const say = (given: Answer<Value>): void => {
      if (typeof reply === 'function') (reply as (given: Answer<Value>) => void)(given);
    };
    const parsed = schema.safeParse(message);
    if (!parsed.success) {
      say(refused(new Refusal('input.invalid'), context.language));
      return;
    }
    try {
      say({ok: true, value: await run(parsed.data)});
    } catch (error) {
      if (!(error instanceof Refusal)) context.onError(error);
      say(refused(error instanceof Refusal ? error : new Refusal('server.failed'), context.language));
    }
  };
}
