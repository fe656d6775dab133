import {useEffect, useRef, useState, type SubmitEvent} from 'react';
import {Link, navigate, useParams} from '../../lib/router.tsx';
import {languageNames, languages} from '@plenary/domain/languages';
import {
  draftingModes,
  publicationPolicies,
  type DraftingMode,
  type PublicationPolicy,
} from '@plenary/domain/papers/paper';
import type {CreatePaper, PaperCreated} from '@plenary/protocol/api/papers';
import type {ConsultationDetails} from '@plenary/protocol/api/people';
import {ask, upload} from '../../lib/http.ts';
import {focusFirstWrong} from '../../lib/focus-wrong.ts';
import {useReader, useTranslate} from '../../lib/language.tsx';
import {LoadedPage, NotYours, SignInFirst} from '../../lib/loaded-page.tsx';
import {useMe} from '../../lib/member.tsx';
import {SendFailed} from '../../lib/send-failed.tsx';
import {useDraft} from '../../lib/use-draft.ts';
import {useLoad} from '../../lib/use-load.ts';
import {useSend} from '../../lib/use-send.ts';
import {Button} from '../../ui/button.tsx';
import {Choices, Field, Select, TextField} from '../../ui/field.tsx';
import {Page} from '../../ui/page.tsx';
import {ChosenFile, FilePlace, type KeptFile} from './file-place.tsx';
import {ImportReportView} from './import-report.tsx';
import './consultations.css';

export function NewPaperPage() {
  const t = useTranslate();
  const {slug = ''} = useParams();
  const {member} = useMe();
  const [loaded, again] = useLoad<ConsultationDetails>(`/api/consultations/${encodeURIComponent(slug)}`);
  if (!member) return <SignInFirst back={`/consultations/${slug}/papers/new`} />;
  return (
    <LoadedPage loaded={loaded} onAgain={again} waiting={t('consultations.loading')}>
      {consultation => (consultation.you.mayCreatePapers ? <NewPaper consultation={consultation} /> : <NotYours />)}
    </LoadedPage>
  );
}

type Start = 'empty' | 'file' | 'pasted';
const starts: readonly Start[] = ['empty', 'file', 'pasted'];

interface Fields {
  title: string;
  language: string;
  otherLanguage: string;
  mode: DraftingMode;
  publication: PublicationPolicy;
  embargoUntil: string;
  start: Start;
  pasted: string;
  file: KeptFile | null;
}

function NewPaper({consultation}: {consultation: ConsultationDetails}) {
  const {translate: t, language} = useReader();
  const {fields, change, forget} = useDraft<Fields>(`paper/${consultation.slug}`, {
    title: '',
    language,
    otherLanguage: '',
    mode: 'open',
    publication: 'public',
    embargoUntil: '',
    start: 'empty',
    pasted: '',
    file: null,
  });
  const [tried, setTried] = useState(false);
  const [sending, send] = useSend();
  const [sent, setSent] = useState<number | null>(null);
  const [cancelled, setCancelled] = useState(false);
  const under = useRef<AbortController | null>(null);
  useEffect(() => () => under.current?.abort(), []);
  const [created, setCreated] = useState<PaperCreated | null>(null);

  const title = fields.title.trim();
  const tag = fields.language === 'other' ? fields.otherLanguage.trim() : fields.language;
  const missing = {
    title: !title,
    language: !/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(tag),
    embargoUntil: fields.publication === 'embargo' && !fields.embargoUntil,
    file: fields.start === 'file' && !fields.file,
    pasted: fields.start === 'pasted' && !fields.pasted.trim(),
  };

  async function make(signal: AbortSignal): Promise<PaperCreated> {
    const paper: CreatePaper = {
      consultation: consultation.slug,
      title,
      language: tag,
      mode: fields.mode,
      publication: fields.publication,
      ...(fields.publication === 'embargo' ? {embargoUntil: new Date(fields.embargoUntil).toISOString()} : {}),
    };
    if (fields.start === 'file' && fields.file) {
      const form = new FormData();
      for (const [name, value] of Object.entries(paper)) form.append(name, String(value));
      form.append('file', await ChosenFile.of(fields.file), fields.file.name);
      return upload<PaperCreated>('/api/papers', form, setSent, signal);
    }
    return ask('POST', '/api/papers', fields.start === 'pasted' ? {...paper, text: fields.pasted} : paper, signal);
  }

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (Object.values(missing).some(Boolean)) return focusFirstWrong(event.currentTarget);
    setCancelled(false);
    const controller = (under.current = new AbortController());
    await send(async () => {
      const made = await make(controller.signal).catch((error: unknown) => {
        if (!controller.signal.aborted) throw error;
        return null;
      });
      if (!made) {
        setCancelled(true);
        return;
      }
      forget();
      if (fields.start === 'empty') navigate(`/papers/${made.slug}`);
      else setCreated(made);
    });
    setSent(null);
  }

  if (created) return <ImportReportView title={title} created={created} />;
  return (
    <Page title={t('common.title', {page: t('consultations.new-paper')})}>
      <div className="head">
        <p className="meta">
          <Link to={`/consultations/${consultation.slug}`}>
            <bdi>{consultation.title}</bdi>
          </Link>
        </p>
        <h1>{t('consultations.new-paper')}</h1>
      </div>
      <form className="form" noValidate onSubmit={event => void submit(event)}>
        <Field
          label={t('consultations.paper.title')}
          maxLength={300}
          dir="auto"
          value={fields.title}
          onChange={title => change({title})}
          wrong={tried && missing.title ? t('consultations.title.missing') : undefined}
        />
        <Select
          label={t('consultations.paper.language')}
          value={fields.language}
          options={[
            ...languages.map(value => ({value: value as string, label: languageNames[value], lang: value})),
            {value: 'other', label: t('consultations.paper.language.other')},
          ]}
          onChange={language => change({language})}
        />
        {fields.language === 'other' ? (
          <Field
            label={t('consultations.paper.language.tag')}
            hint={t('consultations.paper.language.tag.hint')}
            dir="ltr"
            maxLength={16}
            value={fields.otherLanguage}
            onChange={otherLanguage => change({otherLanguage})}
            wrong={tried && missing.language ? t('consultations.paper.language.tag.wrong') : undefined}
          />
        ) : null}
        <Choices
          legend={t('consultations.paper.start')}
          value={fields.start}
          options={starts.map(value => ({
            value,
            name: t(`consultations.paper.start.${value}`),
            sentence: t(`consultations.paper.start.${value}.means`),
          }))}
          onChange={start => change({start})}
        />
        {fields.start === 'file' ? (
          <FilePlace
            file={fields.file}
            wrong={tried && missing.file ? t('consultations.paper.file.missing') : undefined}
            onChoose={file => change({file, ...(title ? {} : {title: file.name.replace(/\.[^.]*$/, '')})})}
          />
        ) : null}
        {fields.start === 'pasted' ? (
          <TextField
            label={t('consultations.paper.pasted')}
            hint={t('consultations.paper.pasted.hint')}
            rows={10}
            dir="auto"
            value={fields.pasted}
            onChange={pasted => change({pasted})}
            wrong={tried && missing.pasted ? t('consultations.paper.pasted.missing') : undefined}
          />
        ) : null}
        <Choices
          legend={t('consultations.paper.mode')}
          value={fields.mode}
          options={draftingModes.map(value => ({
            value,
            name: t(`words.mode.${value}`),
            sentence: t(`words.mode.${value}.sentence`),
          }))}
          onChange={mode => change({mode})}
        />
        <Choices
          legend={t('consultations.paper.publication')}
          value={fields.publication}
          options={publicationPolicies.map(value => ({
            value,
            name: t(`words.publication.${value}`),
            sentence: t(`words.publication.${value}.sentence`, {until: 'none'}),
          }))}
          onChange={publication => change({publication})}
        />
        {fields.publication === 'embargo' ? (
          <Field
            label={t('consultations.paper.embargo')}
            type="datetime-local"
            value={fields.embargoUntil}
            onChange={embargoUntil => change({embargoUntil})}
            wrong={tried && missing.embargoUntil ? t('consultations.paper.embargo.missing') : undefined}
          />
        ) : null}
        <SendFailed sending={sending} />
        {sending.state === 'sending' ? <Progress sent={sent} onCancel={() => under.current?.abort()} /> : null}
        {cancelled && sending.state === 'idle' ? (
          <p className="notice" role="status">
            {t('consultations.paper.cancelled')}
          </p>
        ) : null}
        <div className="acts">
          <Button kind="main" type="submit" busy={sending.state === 'sending'}>
            {t('consultations.paper.create')}
          </Button>
          {tried && Object.values(missing).some(Boolean) ? (
            <span className="sub" role="status">
              {t('consultations.paper.incomplete')}
            </span>
          ) : null}
        </div>
      </form>
    </Page>
  );
}

/** How far it is, in words; the bar only for those who see it. */
function Progress({sent, onCancel}: {sent: number | null; onCancel: () => void}) {
  const {translate: t, language} = useReader();
  const onItsWay = sent !== null && sent < 1;
  const share = new Intl.NumberFormat(language, {style: 'percent', maximumFractionDigits: 0}).format(sent ?? 0);
  return (
    <div>
      <p className="sub" role="status">
        {onItsWay ? t('consultations.paper.sending') : t('consultations.paper.reading')}
      </p>
      <p className="acts">
        <progress aria-label={t('consultations.paper.sending')} {...(onItsWay ? {value: sent, max: 1} : {})} />
        {onItsWay ? (
          <span className="meta" aria-hidden="true">
            {share}
          </span>
        ) : null}
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </p>
    </div>
  );
}
