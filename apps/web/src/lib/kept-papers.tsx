import {useEffect, useState} from 'react';
import {keptPapers, type KeptPaper} from '@plenary/client/device';
import {useTranslate} from './language.tsx';
import {useMe} from './member.tsx';
import {Link} from './router.tsx';

/** The papers that can be opened here without a network; nothing for whom there are none. */
export function KeptPapers() {
  const t = useTranslate();
  const {member} = useMe();
  const [papers, setPapers] = useState<readonly KeptPaper[] | null>(null);
  useEffect(() => {
    let isGone = false;
    const found = member ? keptPapers(member.id) : Promise.resolve([]);
    found.then(
      kept => isGone || setPapers(kept),
      () => isGone || setPapers([]),
    );
    return () => {
      isGone = true;
    };
  }, [member]);
  if (papers === null) return null;
  if (papers.length === 0) return <p className="sub">{t('papers.kept.none')}</p>;
  return (
    <section className="sec" aria-labelledby="kept-papers">
      <header>
        <h2 id="kept-papers">{t('papers.kept.title')}</h2>
      </header>
      <ul className="rows">
        {papers.map(({details, unsent}) => (
          <li key={details.id}>
            <Link className="title" to={`/papers/${details.slug}`}>
              <bdi lang={details.language}>{details.title}</bdi>
            </Link>
            <p className="sub">
              <bdi>{details.consultation.title}</bdi>
              {unsent ? <> · {t('papers.kept.unsent')}</> : null}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
