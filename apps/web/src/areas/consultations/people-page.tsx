import {Link, useParams} from '../../lib/router.tsx';
import type {ConsultationDetails, InvitationJson, MemberJson} from '@plenary/protocol/api/people';
import {momentOf} from '../../lib/dates.ts';
import {useReader, useTranslate} from '../../lib/language.tsx';
import {LoadedPage} from '../../lib/loaded-page.tsx';
import {LoadFailed} from '../../lib/load-failed.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {Empty, Page, Wait} from '../../ui/page.tsx';
import {authorStyle, Who} from '../../ui/who.tsx';
import {Invite} from './invite.tsx';
import './consultations.css';

export function PeoplePage() {
  const t = useTranslate();
  const {slug = ''} = useParams();
  const path = `/api/consultations/${encodeURIComponent(slug)}`;
  const [consultation, againConsultation] = useLoad<ConsultationDetails>(path);
  const [members, againMembers] = useLoad<{members: MemberJson[]}>(`${path}/members`);
  const [invitations, againInvitations] = useLoad<{invitations: InvitationJson[]}>(`${path}/invitations`);
  return (
    <LoadedPage
      loaded={members.state === 'refused' ? members : consultation}
      onAgain={() => {
        againConsultation();
        againMembers();
      }}
      waiting={t('consultations.people.loading')}
    >
      {loaded => {
        const {title} = 'title' in loaded ? loaded : {title: ''};
        return (
          <Page title={t('common.title', {page: t('consultations.people')})}>
            <div className="head">
              <p className="meta">
                <Link to={`/consultations/${slug}`}>
                  <bdi>{title}</bdi>
                </Link>
              </p>
              <h1>{t('consultations.people')}</h1>
            </div>
            <div className="cols">
              <div>
                <section className="sec">
                  <header>
                    <h2>{t('consultations.members')}</h2>
                    {members.state === 'ready' ? <span className="end num">{members.value.members.length}</span> : null}
                  </header>
                  {members.state === 'loading' ? <Wait>{t('consultations.people.loading')}</Wait> : null}
                  {members.state === 'unreachable' ? <LoadFailed loaded={members} onAgain={againMembers} /> : null}
                  {members.state === 'ready' ? <Members members={members.value.members} /> : null}
                </section>
                <section className="sec">
                  <header>
                    <h2>{t('consultations.invitations')}</h2>
                  </header>
                  {invitations.state === 'ready' ? <Invitations invitations={invitations.value.invitations} /> : null}
                  {invitations.state === 'unreachable' || invitations.state === 'refused' ? (
                    <LoadFailed loaded={invitations} onAgain={againInvitations} />
                  ) : null}
                </section>
              </div>
              <section className="sec">
                <header>
                  <h2>{t('consultations.invite')}</h2>
                </header>
                <Invite slug={slug} onMade={againInvitations} />
              </section>
            </div>
          </Page>
        );
      }}
    </LoadedPage>
  );
}

function Members({members}: {members: readonly MemberJson[]}) {
  const t = useTranslate();
  if (members.length === 0)
    return <Empty what={t('consultations.members.empty')} fills={t('consultations.members.empty.fills')} />;
  return (
    <ul className="rows">
      {members.map(({id, handle, role, organisation}, place) => (
        <li className="member" key={`${id} ${role}`}>
          <Who name={handle} style={authorStyle(place)} />
          <span>
            <b>
              <bdi>{handle}</bdi>
            </b>
            <span className="sub">
              {t(`words.role.${role}`)}
              {organisation ? (
                <>
                  {' · '}
                  <bdi>{organisation.name}</bdi>
                </>
              ) : null}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Invitations({invitations}: {invitations: readonly InvitationJson[]}) {
  const {translate: t, language} = useReader();
  const open = invitations.filter(({state}) => state === 'open');
  if (open.length === 0)
    return <Empty what={t('consultations.invitations.empty')} fills={t('consultations.invitations.empty.fills')} />;
  return (
    <ul className="rows">
      {open.map(({id, role, organisation, expiresAt}) => (
        <li key={id}>
          <b>{t(`words.role.${role}`)}</b> {organisation ? <bdi className="sub">{organisation.name}</bdi> : null}
          <p className="meta">{t('consultations.invitation.until', {time: momentOf(expiresAt, language)})}</p>
        </li>
      ))}
    </ul>
  );
}
