import {Dialog} from '../../ui/overlays.tsx';
import {useTranslate} from '../../lib/language.tsx';

const onMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
const mod = onMac ? '⌘' : 'Ctrl';
const alt = onMac ? '⌥' : 'Alt';

/** Every key that writing knows, for those who do not use a pointer. */
export function KeysDialog({onClose}: {onClose: () => void}) {
  const t = useTranslate();
  const rows: readonly (readonly [readonly string[], string])[] = [
    [['Enter'], t('papers.keys.new-paragraph')],
    [['Tab', 'Shift Tab'], t('papers.keys.deeper')],
    [['Escape'], t('papers.keys.leave')],
    [[`${mod} B`], t('papers.tool.bold')],
    [[`${mod} I`], t('papers.tool.italic')],
    [[`${mod} U`], t('papers.tool.underline')],
    [[`${mod} K`], t('papers.tool.link')],
    [[`${mod} ${alt} 1 … 8`], t('papers.keys.kinds')],
    [[`${alt} ↑`, `${alt} ↓`], t('papers.keys.move')],
    [[`${mod} Z`, `${mod} Shift Z`], t('papers.keys.undo')],
    [[`${mod} F`], t('papers.tool.find')],
    [['# ', '- ', '(a) '], t('papers.keys.begin')],
    [[`${mod} ${alt} M`], t('comments.keys.comment')],
    [[`${mod} ${alt} N`, `${mod} ${alt} P`], t('comments.keys.step')],
    [['Escape'], t('comments.keys.back')],
    [['← →', '↑ ↓'], t('comments.keys.read')],
  ];
  return (
    <Dialog title={t('papers.keys.title')} onClose={onClose}>
      <table className="keys">
        <thead>
          <tr>
            <th scope="col">{t('papers.keys.key')}</th>
            <th scope="col">{t('papers.keys.does')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([keys, does]) => (
            <tr key={does}>
              <td dir="ltr">
                {keys.map(key => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </td>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="acts">
        <button type="button" onClick={onClose}>
          {t('papers.close')}
        </button>
      </p>
    </Dialog>
  );
}
