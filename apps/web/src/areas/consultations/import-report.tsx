import {Link} from '../../lib/router.tsx';
import type {MessageId} from '@plenary/locales/message-id';
import type {PaperCreated} from '@plenary/protocol/api/papers';
import {useTranslate} from '../../lib/language.tsx';
import {Page} from '../../ui/page.tsx';

const linesShown = 8;

/** What became of the file or the pasted words, said before one goes on: above all what was not carried over. */
export function ImportReportView({title, created}: {title: string; created: PaperCreated}) {
  const t = useTranslate();
  const {slug, report} = created;
  return (
    <Page title={t('common.title', {page: t('consultations.report')})}>
      <div className="head">
        <p className="meta">{t('consultations.report')}</p>
        <h1>
          <bdi>{title}</bdi>
        </h1>
        <p className="lead">{t('consultations.report.taken', {paragraphs: report.paragraphs, words: report.words})}</p>
      </div>
      {report.left.length === 0 ? (
        <p className="sub">{t('consultations.report.nothing-left')}</p>
      ) : (
        <section className="sec">
          <header>
            <h2>{t('consultations.report.left')}</h2>
          </header>
          <ul className="rows">
            {report.left.map(({what, count, lines}) => (
              <li key={what}>
                {t(`exchange.left.${what}` as MessageId, {count})}
                {lines.length > 0 ? (
                  <p className="meta">
                    {t(report.format === 'docx' ? 'consultations.report.places' : 'consultations.report.lines', {
                      count: lines.length,
                      [report.format === 'docx' ? 'places' : 'lines']: lines.slice(0, linesShown).join(', '),
                      more: Math.max(0, lines.length - linesShown),
                    })}
                  </p>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="acts go">
        <Link className="btn main big" to={`/papers/${slug}`}>
          {t('consultations.report.go')}
        </Link>
      </p>
    </Page>
  );
}
