import {expect, test} from 'vitest';
import {startServer} from '../support/server.ts';
import {attackInstance, sayReport} from '../hostile/campaign.ts';
import {demonstrationCookies} from '../hostile/grounds.ts';

test('R21: no attack of the hostile client succeeds, and three honest people lose no word meanwhile', async () => {
  const server = await startServer();
  try {
    const say = (line: string): void => console.log(line);
    const report = await attackInstance({
      url: server.url,
      cookies: await demonstrationCookies(server.url),
      frames: 2_000,
      say,
    });
    sayReport(report, say);
    expect(report.successes).toEqual([]);
    expect({lost: report.lost, refusals: report.refusals}).toEqual({lost: 0, refusals: 0});
    expect(report.attacks).toBeGreaterThan(300);
  } finally {
    await server.remove();
  }
}, 300_000);
