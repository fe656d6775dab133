import {erasedHandle} from '@plenary/domain/members/erased';
import type {Translate} from '@plenary/locales/message-id';

/** A handle as it is shown: an erased member has none, and is called so in the reader's language. */
export function shownHandle(handle: string, t: Translate): string {
  return handle === erasedHandle ? t('common.erased-member') : handle;
}
