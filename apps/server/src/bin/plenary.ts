import {mandateRoles, type MandateRole} from '@plenary/domain/rights/roles';
import {Refusal} from '@plenary/domain/refusal';
import {refusalSentence} from '@plenary/locales/refusal-sentence';
import {translatorFor} from '@plenary/locales/translate';
import {seedScene} from '@plenary/scenes/scene';
import type {App, RunningApp} from '../app.ts';
import {inviteAs, inviteSecretariat} from '../people/invitations.service.ts';
import {eraseMember} from '../people/erasure.service.ts';
import {backUp, backupHelp, restore} from './backup-command.ts';
import {exportHelp, exportPapers} from './export-command.ts';
import {complain, configOrEnd, openInstance, say, scenes, sentenceOf} from './opened.ts';
import {minutesHelp, saveMinutes} from './minutes-command.ts';
import {scenePort} from './scene-port.ts';
import {Usage} from './usage.ts';
import {verify, verifyHelp} from './verify-command.ts';

const help = `npm run plenary -- <command>

  seed <scene>                                   makes what is missing of a scene: ${Object.keys(scenes).join(', ')}
  invite <consultation> <role> [organisation]    prints a one-time link into a consultation (slugs); roles:
                                                 ${mandateRoles.join(', ')}
  invite-secretariat                             prints a one-time link for the instance's secretariat
  erase <handle>                                 erases the person behind a handle; their acts stay under an opaque id
${backupHelp}
${exportHelp}
${minutesHelp}
${verifyHelp}

It works on the database that the environment names (DATA_DIR or DATABASE_URL), as the server does. The embedded database
belongs to one process: stop the server first. An instance on PostgreSQL may go on running.`;

async function seed(app: App, [name = '']: readonly string[]): Promise<void> {
  const scene = scenes[name];
  if (!scene) throw new Usage(`There is no scene “${name}”. There are: ${Object.keys(scenes).join(', ')}.`);
  await seedScene(scenePort(app), scene, app.clock.now());
  say(`The scene “${name}” is there.`);
}

async function invite(app: App, [key = '', role = '', organisation]: readonly string[]): Promise<void> {
  if (!isRole(role)) throw new Usage(`“${role}” is no role. There are: ${mandateRoles.join(', ')}.`);
  const consultation = await app.store.consultations.find(key);
  if (!consultation) throw new Usage(`There is no consultation “${key}”.`);
  if (organisation !== undefined && !(await app.store.organisations.find(organisation))) {
    throw new Usage(`There is no organisation “${organisation}”.`);
  }
  if (role === 'delegate' && organisation === undefined)
    throw new Usage('A delegate speaks for an organisation: name it.');
  const wish = {consultation: consultation.id, role, organisation: organisation ?? null};
  const {token} = await inviteAs(app, null, wish);
  say(`${app.address()}/invitations/${token}`);
}

function isRole(text: string): text is MandateRole {
  return (mandateRoles as readonly string[]).includes(text);
}

const commands: Record<string, (app: App, args: readonly string[]) => Promise<void>> = {
  seed,
  invite,
  async 'invite-secretariat'(app) {
    const {token} = await inviteSecretariat(app);
    say(`${app.address()}/invitations/${token}`);
  },
  async erase(app, [handle = '']) {
    const member = await app.store.members.findByHandle(handle);
    if (!member) throw new Usage(`Nobody goes by “${handle}”.`);
    await eraseMember(app, member.id, null);
    say('The person is erased. What they did stands in the ledger under an id that says nothing.');
  },
};

/** These open no instance, since one that runs signs what it finds. */
const readers: Record<string, (args: readonly string[]) => Promise<number>> = {
  verify,
  export: exportPapers,
  minutes: saveMinutes,
  backup: backUp,
  restore,
};

async function run(name: string, args: readonly string[]): Promise<number> {
  const reader = readers[name];
  if (reader) return runReader(reader, args);
  const command = commands[name];
  if (!command) {
    const asked = ['--help', '-h', 'help', ''].includes(name);
    (asked ? say : complain)(asked ? help : `There is no command “${name}”.\n\n${help}`);
    return asked ? 0 : 2;
  }
  const config = configOrEnd();
  let running: RunningApp | undefined;
  try {
    running = await openInstance(config);
    await command(running.app, args);
    return 0;
  } catch (error) {
    if (error instanceof Refusal) complain(refusalSentence(translatorFor('en'), error));
    else complain(error instanceof Usage ? error.message : sentenceOf(error, config));
    return error instanceof Usage ? 2 : 1;
  } finally {
    await running?.close();
  }
}

async function runReader(read: (args: readonly string[]) => Promise<number>, args: readonly string[]): Promise<number> {
  try {
    return await read(args);
  } catch (error) {
    if (error instanceof Refusal) complain(refusalSentence(translatorFor('en'), error));
    else complain(error instanceof Usage ? error.message : sentenceOf(error, configOrEnd()));
    return error instanceof Usage ? 2 : 1;
  }
}

const [name = '', ...args] = process.argv.slice(2);
process.exit(await run(name, args));
