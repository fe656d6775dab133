import type {PaperDetails} from '@plenary/protocol/api/papers';
import {useTranslate} from '../../lib/language.tsx';
import {notify} from '../../lib/notices.ts';
import {Link} from '../../lib/router.tsx';
import {Dialog} from '../../ui/overlays.tsx';

/** The addresses under which the world reads the paper. */
export function ShareDialog({paper, onSave, onClose}: {paper: PaperDetails; onSave: () => void; onClose: () => void}) {
  const t = useTranslate();
  const address = `${location.origin}/read/${paper.slug}`;
  return (
    <Dialog title={t('papers.share.title')} onClose={onClose}>
      <p className="sub">{t('papers.share.follow')}</p>
      <p className="address">
        <code dir="ltr">{address}</code>
      </p>
      <p className="acts">
        <button
          type="button"
          className="main"
          onClick={() => {
            void navigator.clipboard
              .writeText(address)
              .then(() => notify({what: t('papers.share.copied'), tone: 'ok'}));
          }}
        >
          {t('papers.share.copy')}
        </button>
        <a className="btn" href={`/read/${paper.slug}`}>
          {t('papers.share.open-reading')}
        </a>
        <button type="button" onClick={onSave}>
          {t('papers.share.save')}
        </button>
        <Link className="btn" to={`/papers/${paper.slug}/revisions`}>
          {t('papers.tool.revisions')}
        </Link>
        <button type="button" onClick={() => window.print()}>
          {t('papers.share.print')}
        </button>
      </p>
    </Dialog>
  );
}
