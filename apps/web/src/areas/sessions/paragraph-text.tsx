import {Fragment, type ReactNode} from 'react';
import {directionOf} from '@plenary/domain/languages';
import {levelOf, type ReadParagraph, type Words} from './paragraphs.ts';

/** A paragraph as it stands, with its emphasis; brackets are text that is not agreed. */
export function ParagraphText({
  paragraph,
  language,
  isUnder = false,
}: {
  paragraph: ReadParagraph;
  language: string;
  /** Belongs to the paragraph before it, and stands with its own number. */
  isUnder?: boolean;
}) {
  const {lang, dir, words, label} = paragraph;
  return (
    <p
      className={isUnder ? `text under-${levelOf(paragraph)}` : 'text'}
      lang={lang ?? language}
      dir={dir ?? directionOf(lang ?? language)}
    >
      {isUnder && label !== '' ? `${label} ` : null}
      {words.map((part, index) => (
        <Fragment key={index}>{wrapped(part)}</Fragment>
      ))}
    </p>
  );
}

function wrapped({text, within, href}: Words): ReactNode {
  const inner = within.reduceRight<ReactNode>((words, Tag) => {
    switch (Tag) {
      case 'em':
        return <em>{words}</em>;
      case 'b':
        return <b>{words}</b>;
      case 'i':
        return <i>{words}</i>;
      case 'u':
        return <u>{words}</u>;
      case 's':
        return <s>{words}</s>;
      default:
        return words;
    }
  }, bracketed(text));
  return href === null ? (
    inner
  ) : (
    <a href={href} rel="noopener nofollow">
      {inner}
    </a>
  );
}

function bracketed(text: string): ReactNode {
  return text.split(/([[\]])/).map((part, index) =>
    index % 2 === 1 ? (
      <span className="br" key={index}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}
