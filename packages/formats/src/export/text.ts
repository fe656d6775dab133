import {canonicalText} from '@plenary/paper/canonical';
import type {Exported} from './exported.ts';

/** The canonical text: the form that is hashed. */
export function exportText({paragraphs}: Exported): string {
  return canonicalText(paragraphs);
}
