import type {RefusalCode, RefusalDetails} from '@plenary/domain/refusal';
import type {MessageValues, Translate} from './message-id.ts';

/** What is so and what to do next, in the reader's language. `seconds` of `rate.limited` may be left out of the details. */
export function refusalSentence(
  translate: Translate,
  refusal: {readonly code: RefusalCode; readonly details?: RefusalDetails | undefined},
): string {
  return translate(`refusals.${refusal.code}`, {seconds: 0, ...sentenceValues(refusal.details)});
}

function sentenceValues(details: RefusalDetails | undefined): MessageValues {
  const values: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(details ?? {})) {
    values[name] = typeof value === 'object' ? value.join(', ') : value;
  }
  return values;
}
