import type {Language} from '@plenary/domain/languages';
import {openingLength, type Openings} from './numbering.ts';
import type {Paragraph} from './view.ts';
import {opening as ar} from './openers/ar.ts';
import {opening as en} from './openers/en.ts';
import {opening as es} from './openers/es.ts';
import {opening as fr} from './openers/fr.ts';
import {opening as ru} from './openers/ru.ts';
import {opening as zh} from './openers/zh.ts';

/** The openings of all six languages, for those who may need any. A browser loads those of one paper, see `load.ts`. */
const openers: Record<Language, RegExp> = {ar, en, es, fr, ru, zh};

/** As `openingLength`, in whichever of the six languages the paragraph is. */
export function openerLength(
  paragraph: Pick<Paragraph, 'kind' | 'level' | 'runs'> & {readonly lang?: string | null},
  language: string,
): number {
  return openingLength(paragraph, language, openers satisfies Openings);
}
