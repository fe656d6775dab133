import type {ReactNode} from 'react';

/** Who may read: a bold name, then one sentence, with a bar at its start that differs in kind as well as in colour. */
export function PolicyLine({
  tone,
  name,
  sentence,
}: {
  tone: 'open' | 'members' | 'shut' | 'soon';
  name: ReactNode;
  sentence: ReactNode;
}) {
  return (
    <p className={tone === 'members' ? 'policy' : `policy ${tone}`}>
      <b>{name}</b> <span>{sentence}</span>
    </p>
  );
}

/** Who may write, beside it. */
export function ModeLine({name, sentence}: {name: ReactNode; sentence: ReactNode}) {
  return (
    <p className="mode">
      <b>{name}</b> <span>{sentence}</span>
    </p>
  );
}
