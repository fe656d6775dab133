import {constituencies} from '@plenary/domain/organisations/organisation';
import type {OrganisationJson} from '@plenary/protocol/api/people';
import {useTranslate} from '../../lib/language.tsx';

/** How many of each constituency take part, longest first, and who they are. */
export function OrganisationsChart({organisations}: {organisations: readonly OrganisationJson[]}) {
  const t = useTranslate();
  if (organisations.length === 0) return <p className="sub">{t('consultations.organisations.empty')}</p>;
  const groups = constituencies
    .map(name => ({name, own: organisations.filter(({constituency}) => constituency === name)}))
    .filter(({own}) => own.length > 0)
    .sort((a, b) => b.own.length - a.own.length);
  const longest = groups[0]?.own.length ?? 1;
  return (
    <>
      <ul className="chart" aria-label={t('consultations.by-constituency')}>
        {groups.map(({name, own}) => (
          <li key={name}>
            <span>{t(`words.constituency.${name}`)}</span>
            <svg className="track" aria-hidden="true" focusable="false">
              <rect width={`${(100 * own.length) / longest}%`} height="100%" />
            </svg>
            <b>{own.length}</b>
          </li>
        ))}
      </ul>
      <details>
        <summary>{t('consultations.organisations.who')}</summary>
        <table className="twin">
          <thead>
            <tr>
              <th scope="col">{t('consultations.organisation')}</th>
              <th scope="col">{t('consultations.region')}</th>
            </tr>
          </thead>
          <tbody>
            {groups.flatMap(({own}) =>
              own.map(({id, name, region}) => (
                <tr key={id}>
                  <th scope="row">
                    <bdi>{name}</bdi>
                  </th>
                  <td>{t(`words.region.${region}`)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </details>
    </>
  );
}
