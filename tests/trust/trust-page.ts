import type {Proof} from './proofs.ts';

/** What came of a proof. */
export interface Shown {
  readonly proof: Proof;
  readonly command: string;
  readonly isKept: boolean;
  readonly seconds: number;
  readonly figures: readonly string[];
  readonly trouble: readonly string[];
}

/** TRUST.md: what was run, when and on what, with every figure as it was printed. */
export function pageOf(
  shown: readonly Shown[],
  {date, commit, machine}: {readonly date: string; readonly commit: string; readonly machine: string},
): string {
  const kept = shown.filter(({isKept}) => isKept).length;
  return [
    '# Why one may trust it',
    '',
    `Written by \`npm run trust\` on ${date}, at commit ${commit}, on ${machine}. ${kept} of ${shown.length} proofs hold. Run it yourself: nothing here is typed by hand, and what fails stands here as failed.`,
    '',
    '| promise | | seconds |',
    '| --- | --- | --- |',
    ...shown.map(
      ({proof, isKept, seconds}) => `| ${proof.promise} | ${isKept ? 'holds' : '**FAILED**'} | ${seconds} |`,
    ),
    ...shown.flatMap(({proof, command, figures, trouble}) => [
      '',
      `## ${proof.promise}`,
      '',
      '```',
      `$ ${command}`,
      ...figures,
      ...(trouble.length > 0 ? ['…', ...trouble] : []),
      '```',
    ]),
    '',
  ].join('\n');
}
