import {useEffect, useState} from 'react';
import {takeReading, type Reading} from './paper-reading.ts';

/** The paragraphs of a paper as they are written; null while there is no paper to read. */
export function useReading(slug: string | null): Reading | null {
  const [held, setHeld] = useState<{slug: string; reading: Reading} | null>(null);
  useEffect(() => {
    if (slug === null) return undefined;
    const [reading, giveBack] = takeReading(slug);
    const take = () => setHeld({slug, reading: reading.getReading()});
    take();
    const end = reading.subscribe(take);
    return () => {
      end();
      giveBack();
    };
  }, [slug]);
  return held?.slug === slug ? held.reading : null;
}
