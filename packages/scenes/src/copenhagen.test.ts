import {phases} from '@plenary/domain/consultations/consultation';
import {isSlug} from '@plenary/domain/ids';
import type {ConsultationId, MemberId, OrganisationId, PaperId} from '@plenary/domain/ids';
import {languages} from '@plenary/domain/languages';
import {constituencies, regions} from '@plenary/domain/organisations/organisation';
import {numberParagraphs} from '@plenary/paper/numbering';
import {openerLength} from '@plenary/paper/openers';
import {textOf} from '@plenary/paper/view';
import type {ParagraphContent} from '@plenary/paper/view';
import {describe, expect, it} from 'vitest';
import {copenhagen} from './copenhagen.ts';
import {seedScene} from './scene.ts';
import type {SceneMandate, ScenePort} from './scene.ts';

const papers = await copenhagen.papers();

function paper(slug: string): readonly ParagraphContent[] {
  const found = papers.find(one => one.slug === slug);
  if (!found) throw new Error(slug);
  return found.content;
}

describe('the Copenhagen scene', () => {
  it('has twelve organisations of every constituency and region', () => {
    const {organisations} = copenhagen;
    expect(organisations).toHaveLength(12);
    expect(new Set(organisations.map(one => one.constituency))).toEqual(new Set(constituencies));
    expect(new Set(organisations.map(one => one.region))).toEqual(new Set(regions));
    expect(organisations.every(one => isSlug(one.slug))).toBe(true);
    expect(phases).toContain(copenhagen.consultation.phase);
  });

  it('offers Ana, Ben, Cho and Dina', () => {
    const offered = copenhagen.members.filter(member => member.offered);
    expect(offered.map(({castName, role}) => [castName, role])).toEqual([
      ['ana', 'delegate'],
      ['ben', 'delegate'],
      ['cho', 'delegate'],
      ['dina', 'chair'],
    ]);
  });

  it('has the papers that programs count on', () => {
    expect(papers.map(({slug, mode}) => [slug, mode])).toEqual([
      ['joint-statement', 'open'],
      ['draft-resolution', 'amendments'],
      ...languages.map(language => [`udhr-${language}`, 'frozen']),
    ]);
    expect(papers.every(({publication}) => publication === 'public')).toBe(true);
  });

  it('has a session on both papers, whose items fill its time', () => {
    const [opening] = copenhagen.sessions;
    expect(opening?.slug).toBe('opening');
    expect(opening?.agenda.flatMap(item => item.papers)).toEqual(['joint-statement', 'draft-resolution']);
    expect(opening?.agenda.reduce((sum, {minutes}) => sum + minutes, 0)).toBe(opening?.lastsMinutes);
  });

  it('opens every paragraph of its own texts with a word that is set in italics, and ends it as resolutions do', () => {
    for (const slug of ['joint-statement', 'draft-resolution']) {
      const content = paper(slug);
      const operative = content.filter(one => one.kind === 'operative');
      for (const [index, one] of content.entries()) {
        if (one.kind === 'preambular') expect(textOf(one)).toMatch(/,$/);
        if (one.kind === 'operative') expect(textOf(one)).toMatch(one === operative.at(-1) ? /\.$/ : /[;:]$/);
        if ((one.kind === 'preambular' || one.kind === 'operative') && one.level === 0) {
          expect(openerLength(one, 'en'), textOf(one)).toBeGreaterThan(0);
        }
        if (textOf(one).endsWith(':')) expect(content[index + 1]?.level).toBe(one.level + 1);
      }
    }
  });

  it('refers to the paragraphs it means', () => {
    const content = paper('draft-resolution');
    const labels = numberParagraphs(
      content.map(one => ({...one, gone: false})),
      'en',
    );
    const at = (label: string): string => textOf(content[labels.indexOf(label)] ?? {runs: []});
    expect(at('OP\u00A01')).toContain('shall be published no later than');
    expect(at('OP\u00A014')).toContain('intimidation or reprisal');
    const tenth = labels.indexOf('OP\u00A010');
    expect(textOf(content[labels.indexOf('(d)', tenth)] ?? {runs: []})).toContain('record against each point');
  });

  it('has the thirty articles and the whole preamble of the Declaration in each language', () => {
    for (const language of languages) {
      const content = paper(`udhr-${language}`);
      expect(content[0]?.kind).toBe('title');
      expect(content.filter(one => one.kind === 'heading')).toHaveLength(31);
      expect(content.filter(one => one.kind === 'preambular')).toHaveLength(language === 'ar' ? 6 : 7);
      expect(content.filter(one => /^\d\. /.test(textOf(one)))).toHaveLength(32);
      expect(content.every(one => textOf(one).trim() !== '' && !/[<>]|&\w+;/.test(textOf(one)))).toBe(true);
    }
    expect(paper('udhr-en').map(textOf)).toContain('2. No one may be compelled to belong to an association.');
  });
});

/** A server that stops after a number of steps. */
class Instance implements ScenePort {
  organisations = new Map<string, string>();
  consultations = new Map<string, string>();
  members = new Map<string, string>();
  mandates: string[] = [];
  papers = new Map<string, {hasText: boolean}>();
  sessions = new Map<string, string>();
  steps = 0;
  stopAfter = Number.POSITIVE_INFINITY;

  #step(): void {
    if (this.steps >= this.stopAfter) throw new Error('stopped');
    this.steps++;
  }
  async findOrganisation(slug: string) {
    return this.organisations.has(slug) ? (slug as OrganisationId) : null;
  }
  async createOrganisation({slug, name}: {slug: string; name: string}) {
    this.#step();
    if (this.organisations.has(slug)) throw new Error(`${slug} twice`);
    this.organisations.set(slug, name);
    return slug as OrganisationId;
  }
  async findConsultation(slug: string) {
    return this.consultations.has(slug) ? (slug as ConsultationId) : null;
  }
  async createConsultation({slug, phaseEndsAt}: {slug: string; phaseEndsAt: number}) {
    this.#step();
    this.consultations.set(slug, new Date(phaseEndsAt).toISOString());
    return slug as ConsultationId;
  }
  async findMember(castName: string) {
    return this.members.has(castName) ? (castName as MemberId) : null;
  }
  async createMember({castName, handle}: {castName: string; handle: string}) {
    this.#step();
    this.members.set(castName, handle);
    return castName as MemberId;
  }
  async hasMandate(mandate: SceneMandate) {
    return this.mandates.includes(JSON.stringify(mandate));
  }
  async grantMandate(mandate: SceneMandate) {
    this.#step();
    this.mandates.push(JSON.stringify(mandate));
  }
  async addOrganisation() {
    this.#step();
  }
  async findPaper(slug: string) {
    const found = this.papers.get(slug);
    return found ? {id: slug as PaperId, ...found} : null;
  }
  async createPaper({slug}: {slug: string}) {
    this.#step();
    if (this.papers.has(slug)) throw new Error(`${slug} twice`);
    this.papers.set(slug, {hasText: false});
    return slug as PaperId;
  }
  async writeText(paper: PaperId, content: readonly ParagraphContent[]) {
    this.#step();
    if (this.papers.get(paper)?.hasText) throw new Error(`${paper} written twice`);
    this.papers.set(paper, {hasText: content.length > 0});
  }
  async hasSession(slug: string) {
    return this.sessions.has(slug);
  }
  async createSession({slug, startsAt, endsAt, agenda}: Parameters<ScenePort['createSession']>[0]) {
    this.#step();
    if (agenda.some(item => item.papers.some(paper => !this.papers.has(paper)))) throw new Error('a paper is missing');
    this.sessions.set(slug, `${new Date(startsAt).toISOString()} ${new Date(endsAt).toISOString()}`);
  }
}

describe('seeding', () => {
  it('goes on where it was cut short, wherever that was, and makes nothing twice', async () => {
    const now = Date.UTC(2026, 10, 24, 14, 32);
    const whole = new Instance();
    await seedScene(whole, copenhagen, now);
    for (let stop = 0; stop < whole.steps; stop += 5) {
      const cut = new Instance();
      cut.stopAfter = stop;
      await expect(seedScene(cut, copenhagen, now)).rejects.toThrow('stopped');
      cut.stopAfter = Number.POSITIVE_INFINITY;
      await seedScene(cut, copenhagen, now);
      await seedScene(cut, copenhagen, now + 86_400_000);
      expect({...cut, steps: 0}).toEqual({...whole, steps: 0});
    }
    expect(whole.consultations.get('copenhagen')).toBe('2026-12-04T18:00:00.000Z');
    expect(whole.sessions.get('opening')).toBe('2026-11-24T14:30:00.000Z 2026-11-24T17:30:00.000Z');
    expect([...whole.papers.values()].every(one => one.hasText)).toBe(true);
  });
});
