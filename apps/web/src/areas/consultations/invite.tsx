import {useState, type SubmitEvent} from 'react';
import {mandateRoles, type MandateRole} from '@plenary/domain/rights/roles';
import type {InvitationJson, OrganisationJson} from '@plenary/protocol/api/people';
import {ask} from '../../lib/http.ts';
import {focusFirstWrong} from '../../lib/focus-wrong.ts';
import {useTranslate} from '../../lib/language.tsx';
import {notify} from '../../lib/notices.ts';
import {SendFailed} from '../../lib/send-failed.tsx';
import {useDraft} from '../../lib/use-draft.ts';
import {useLoad} from '../../lib/use-load.ts';
import {useSend} from '../../lib/use-send.ts';
import {Button} from '../../ui/button.tsx';
import {Select} from '../../ui/field.tsx';

const initialRole: MandateRole = 'delegate';

/** Makes a link that gives a role and an organisation once, to one member, and shows it this one time. */
export function Invite({slug, onMade}: {slug: string; onMade: () => void}) {
  const t = useTranslate();
  const [organisations] = useLoad<{organisations: OrganisationJson[]}>('/api/organisations');
  const {fields, change} = useDraft(`invite/${slug}`, {role: initialRole, organisation: ''});
  const [tried, setTried] = useState(false);
  const [sending, send] = useSend();
  const [link, setLink] = useState<string | null>(null);
  const needsOrganisation = fields.role === 'delegate';
  const known = organisations.state === 'ready' ? organisations.value.organisations : [];

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (needsOrganisation && !fields.organisation) return focusFirstWrong(event.currentTarget);
    await send(async () => {
      const made = await ask<InvitationJson>('POST', `/api/consultations/${encodeURIComponent(slug)}/invitations`, {
        role: fields.role,
        organisation: fields.organisation || null,
      });
      setLink(made.link ? new URL(made.link, location.href).href : null);
      setTried(false);
      onMade();
    });
  }

  async function copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
    notify({what: t('common.copied'), tone: 'ok'});
  }

  return (
    <form className="form" noValidate onSubmit={event => void submit(event)}>
      <Select
        label={t('people.role')}
        value={fields.role}
        options={mandateRoles.map(value => ({value, label: t(`words.role.${value}`)}))}
        onChange={role => change({role})}
      />
      <Select
        label={t('people.organisation')}
        value={fields.organisation}
        options={[
          {value: '', label: t('consultations.invite.no-organisation')},
          ...known.map(({slug, name}) => ({value: slug, label: name})),
        ]}
        onChange={organisation => change({organisation})}
        wrong={
          tried && needsOrganisation && !fields.organisation ? t('consultations.invite.needs-organisation') : undefined
        }
      />
      <SendFailed sending={sending} />
      <div className="acts">
        <Button kind="main" type="submit" busy={sending.state === 'sending'}>
          {sending.state === 'sending' ? t('common.sending') : t('consultations.invite.make')}
        </Button>
      </div>
      {link ? (
        <div className="notice ok" role="status">
          <b>{t('consultations.invite.made')}</b> {t('consultations.invite.once')}
          <div className="once">
            <code dir="ltr">{link}</code>
            <Button onClick={() => void copy(link)}>{t('common.copy')}</Button>
          </div>
        </div>
      ) : null}
    </form>
  );
}
