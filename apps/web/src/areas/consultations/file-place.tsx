import {useId, useState} from 'react';
import type {FormatList} from '@plenary/protocol/api/exchange';
import {useReader} from '../../lib/language.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {DropPlace} from '../../ui/drop-place.tsx';

/** A chosen file as the form keeps it: bytes in base64, so that any encoding outlives a reload as it was. */
export interface KeptFile {
  readonly name: string;
  readonly size: number;
  readonly base64: string;
}

export const ChosenFile = {
  async keep(file: File): Promise<KeptFile> {
    const url = await new Promise<string>((resolve, reject) => {
      const reader = new FileReader();
      reader.addEventListener('load', () => resolve(String(reader.result)));
      reader.addEventListener('error', () => reject(reader.error ?? new Error('The file could not be read.')));
      reader.readAsDataURL(file);
    });
    return {name: file.name, size: file.size, base64: url.slice(url.indexOf(',') + 1)};
  },
  async of(kept: KeptFile): Promise<Blob> {
    const bytes = Uint8Array.from(atob(kept.base64), character => character.codePointAt(0) ?? 0);
    return new Blob([bytes]);
  },
};

/** The server takes no more; said before anything travels. */
const largest = 4_000_000;

/** What most people have; the chooser offers every end of a name that the server reads. */
const common = ['.docx', '.md', '.txt'];

/** A file by button or by letting it fall here. */
export function FilePlace({
  file,
  wrong,
  onChoose,
}: {
  file: KeptFile | null;
  wrong: string | undefined;
  onChoose: (file: KeptFile) => void;
}) {
  const {translate: t, language} = useReader();
  const id = useId();
  const [formats] = useLoad<FormatList>('/api/formats');
  const ends = formats.state === 'ready' ? formats.value.imports.flatMap(({extensions}) => extensions) : common;
  const [trouble, setTrouble] = useState<string | null>(null);

  async function take(chosen: File | undefined): Promise<void> {
    if (!chosen) return;
    if (chosen.size > largest) {
      setTrouble(t('consultations.paper.file.too-large', {name: chosen.name}));
      return;
    }
    try {
      onChoose(await ChosenFile.keep(chosen));
      setTrouble(null);
    } catch {
      setTrouble(t('consultations.paper.file.unreadable', {name: chosen.name}));
    }
  }

  const list = new Intl.ListFormat(language, {type: 'disjunction'});
  const problem = trouble ?? wrong;
  return (
    <div className="field">
      <DropPlace className="drop" onFiles={([dropped]) => void take(dropped)}>
        <label className="btn">
          {t('consultations.paper.file.choose')}
          <input
            className="vh"
            type="file"
            accept={ends.join(',')}
            aria-describedby={`${id}-hint`}
            aria-invalid={problem ? true : undefined}
            onChange={event => void take(event.target.files?.[0])}
          />
        </label>
        <p className="sub" id={`${id}-hint`}>
          {file ? (
            <>
              <bdi>{file.name}</bdi>, {sizeOf(file.size, language)}
            </>
          ) : (
            t('consultations.paper.file.drop', {kinds: list.format(common.map(end => `\u200E${end}`))})
          )}
        </p>
      </DropPlace>
      {problem ? (
        <p className="wrong" role="alert">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

function sizeOf(bytes: number, language: string): string {
  const unit = bytes < 1000 ? 'byte' : 'kilobyte';
  const format = new Intl.NumberFormat(language, {style: 'unit', unit, maximumFractionDigits: 0});
  return format.format(bytes < 1000 ? bytes : bytes / 1000);
}
