import {useEffect, useState} from 'react';
import {removeOffered} from '@plenary/client/device';
import {takeWordsFromDevice, type WordsOnDevice} from '@plenary/client/words-on-device';
import {OfferedList} from './offered-list.tsx';

/** Of a paper that its reader may no longer open: what they wrote here and nobody has, given back to them. */
export function WordsLeft({
  member,
  paper: key,
  code,
  sentence,
}: {
  member: string;
  paper: string;
  code: string;
  sentence: string;
}) {
  const [words, setWords] = useState<WordsOnDevice | null>(null);
  useEffect(() => {
    let isGone = false;
    takeWordsFromDevice(member, key, {code, sentence}).then(
      found => isGone || setWords(found),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [member, key, code, sentence]);
  if (!words) return null;
  const dismiss = async (id: string): Promise<void> => {
    await removeOffered(member, words.paper, id);
    setWords({...words, offered: words.offered.filter(text => text.id !== id)});
  };
  return <OfferedList offered={words.offered} paper={words.title || key} onDismiss={id => void dismiss(id)} />;
}
