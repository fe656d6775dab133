import {monitorEventLoopDelay} from 'node:perf_hooks';
import type {UpdateLog} from '@plenary/store/store';

const bounds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** How much is open in this process, and what its streams have done since it began. */
export interface Present {
  readonly rooms: number;
  readonly roomConnections: number;
  readonly liveConnections: number;
  readonly papers: Followed;
  readonly sessions: Followed;
}

export interface Followed {
  /** Papers or sessions that somebody follows. */
  readonly open: number;
  readonly followers: number;
  readonly framesMade: number;
  readonly slowOnesDropped: number;
}

/** Counts of this process since it began. No label is about a person. */
export interface Counts {
  answered(door: string, status: number): void;
  /** The same log, with the time that each append takes counted. */
  timed(log: UpdateLog): UpdateLog;
  /** In Prometheus' text format. */
  text(now: Present): string;
  close(): void;
}

export function createCounts(): Counts {
  const answers = new Map<string, number>();
  const appends = {within: bounds.map(() => 0), count: 0, sum: 0, failed: 0};
  const delay = monitorEventLoopDelay({resolution: 20});
  delay.enable();

  function observe(seconds: number): void {
    appends.count++;
    appends.sum += seconds;
    for (const [i, bound] of bounds.entries()) if (seconds <= bound) appends.within[i] = (appends.within[i] ?? 0) + 1;
  }

  return {
    answered(door, status) {
      const labels = `door="${door}",status="${status}"`;
      answers.set(labels, (answers.get(labels) ?? 0) + 1);
    },
    timed(log) {
      return {
        ...log,
        async append(paper, rows) {
          const start = performance.now();
          try {
            const seqs = await log.append(paper, rows);
            observe((performance.now() - start) / 1000);
            return seqs;
          } catch (error) {
            appends.failed++;
            throw error;
          }
        },
      };
    },
    text({rooms, roomConnections, liveConnections, papers, sessions}) {
      const memory = process.memoryUsage();
      const cpu = process.cpuUsage();
      const lines = [
        ...metric('process_cpu_seconds_total', 'counter', 'CPU time used', (cpu.user + cpu.system) / 1e6),
        ...metric('process_resident_memory_bytes', 'gauge', 'Memory held', memory.rss),
        ...metric('nodejs_heap_used_bytes', 'gauge', 'JavaScript heap in use', memory.heapUsed),
        ...metric('process_start_time_seconds', 'gauge', 'When it began', performance.timeOrigin / 1000),
        ...metric('nodejs_eventloop_delay_p99_seconds', 'gauge', 'Delay of the event loop', delay.percentile(99) / 1e9),
        ...metric('plenary_rooms', 'gauge', 'Papers whose room is open', rooms),
        ...metric('plenary_room_connections', 'gauge', 'Connections to rooms', roomConnections),
        ...metric('plenary_live_connections', 'gauge', 'Connections to live events', liveConnections),
        ...streams('plenary_streams_open', 'gauge', 'Followed by somebody', papers.open, sessions.open),
        ...streams('plenary_followers', 'gauge', 'Streams that are open', papers.followers, sessions.followers),
        ...streams('plenary_frames_total', 'counter', 'Frames made, each once', papers.framesMade, sessions.framesMade),
        ...streams(
          'plenary_followers_dropped_total',
          'counter',
          'Followers that were too slow',
          papers.slowOnesDropped,
          sessions.slowOnesDropped,
        ),
        ...metric('plenary_append_failed_total', 'counter', 'Appends that failed', appends.failed),
        '# HELP plenary_append_seconds Time from an update to its being durable',
        '# TYPE plenary_append_seconds histogram',
        ...bounds.map((bound, i) => `plenary_append_seconds_bucket{le="${bound}"} ${appends.within[i]}`),
        `plenary_append_seconds_bucket{le="+Inf"} ${appends.count}`,
        `plenary_append_seconds_sum ${appends.sum}`,
        `plenary_append_seconds_count ${appends.count}`,
        '# HELP plenary_http_answers_total Answers by door and status',
        '# TYPE plenary_http_answers_total counter',
        ...[...answers].map(([labels, count]) => `plenary_http_answers_total{${labels}} ${count}`),
      ];
      return `${lines.join('\n')}\n`;
    },
    close: () => void delay.disable(),
  };
}

function metric(name: string, type: 'counter' | 'gauge', help: string, value: number): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, `${name} ${value}`];
}

function streams(name: string, type: 'counter' | 'gauge', help: string, papers: number, sessions: number): string[] {
  const head = metric(name, type, help, 0).slice(0, 2);
  return [...head, `${name}{of="papers"} ${papers}`, `${name}{of="sessions"} ${sessions}`];
}
