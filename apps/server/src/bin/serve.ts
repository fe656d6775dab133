import {seedScene} from '@plenary/scenes/scene';
import type {RunningApp} from '../app.ts';
import {openOperatorDoor} from '../core/operator-door.ts';
import {inviteSecretariat} from '../people/invitations.service.ts';
import {configOrEnd, complain, openInstance, say, scenes, sentenceOf} from './opened.ts';
import {scenePort} from './scene-port.ts';

const config = configOrEnd();
let running: RunningApp | null = null;
let closeDoor: (() => void) | null = null;
let isEnding = false;

async function start(): Promise<void> {
  say(config.databaseUrl === null ? 'Opening the database …' : 'Connecting to the database …');
  running = await openInstance(config);
  const {app} = running;
  if (config.demo) await seed(running);
  const address = await running.listen(async here => {
    if (config.demo || (await app.store.members.countSecretariat()) > 0) return;
    const {token} = await inviteSecretariat(app);
    say('Nobody runs this instance yet. Whoever opens this link and signs up becomes its secretariat; it works once:');
    say(`  ${here}/invitations/${token}`);
  });
  if (config.databaseUrl === null) closeDoor = await openOperatorDoor(app);
  say(`Plenary is at ${address}`);
}

async function seed({app}: RunningApp): Promise<void> {
  for (const [name, scene] of Object.entries(scenes)) {
    if (!(await app.store.consultations.find(scene.consultation.slug))) say(`Writing the scene “${name}” …`);
    await seedScene(scenePort(app), scene, app.clock.now());
  }
}

async function end(code: number): Promise<void> {
  if (isEnding) process.exit(1);
  isEnding = true;
  try {
    closeDoor?.();
    await running?.close();
  } catch (error) {
    complain(sentenceOf(error, config));
    process.exit(1);
  }
  process.exit(code);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (!isEnding) say('Closing: everybody is told to come back, and what was accepted is on disk …');
    void end(0);
  });
}
process.on('unhandledRejection', error =>
  running?.app.log.error({err: error}, 'A promise failed that nobody awaited.'),
);
process.on('uncaughtException', error => {
  if (running) running.app.log.fatal({err: error}, 'Something was thrown that nobody caught.');
  else complain(sentenceOf(error, config));
  void end(1);
});

try {
  await start();
} catch (error) {
  complain(sentenceOf(error, config));
  await end(1);
}
