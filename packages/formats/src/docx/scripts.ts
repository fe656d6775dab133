const rightToLeft = String.raw`(?=\p{L})[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]`;
const leftToRight = String.raw`(?![\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}])\p{L}`;
/** From the first letter of a direction to the last before one of the other. */
const stretch = {
  rtl: new RegExp(`${rightToLeft}(?:[^\\p{L}]*${rightToLeft})*`, 'gu'),
  ltr: new RegExp(`${leftToRight}(?:[^\\p{L}]*${leftToRight})*`, 'gu'),
};

export interface Stretch {
  readonly text: string;
  readonly isRightToLeft: boolean;
}

/** Word sets letters of the two directions in runs of their own; signs between them go with the paragraph. */
export function stretchesOf(text: string, isInRightToLeft: boolean): Stretch[] {
  const other = isInRightToLeft ? stretch.ltr : stretch.rtl;
  const stretches: Stretch[] = [];
  let done = 0;
  for (const found of text.matchAll(other)) {
    if (found.index > done) stretches.push({text: text.slice(done, found.index), isRightToLeft: isInRightToLeft});
    stretches.push({text: found[0], isRightToLeft: !isInRightToLeft});
    done = found.index + found[0].length;
  }
  if (done < text.length) stretches.push({text: text.slice(done), isRightToLeft: isInRightToLeft});
  return stretches;
}
