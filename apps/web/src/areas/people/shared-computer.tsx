import {useState} from 'react';
import {hasUnsentWork} from '@plenary/client/device';
import {useTranslate} from '../../lib/language.tsx';
import type {SignedIn} from '../../lib/member.tsx';
import {isShared, leaveDevice, setShared} from '../../lib/this-device.ts';

/** Others use this computer too: then nothing of one's papers is kept on it. */
export function SharedComputerBox({checked, onChange}: {checked: boolean; onChange: (checked: boolean) => void}) {
  const t = useTranslate();
  return (
    <div>
      <label className="check">
        <input
          type="checkbox"
          checked={checked}
          aria-describedby="shared-computer"
          onChange={({target}) => onChange(target.checked)}
        />
        {t('people.shared')}
      </label>
      <p className="sub" id="shared-computer">
        {t('people.shared.means')}
      </p>
    </div>
  );
}

/** The same choice while one is signed in: what was kept goes at once, but for words that nobody else has. */
export function SharedComputer({member}: {member: SignedIn}) {
  const t = useTranslate();
  const [shared, setIt] = useState(isShared);
  const [hasUnsent, setHasUnsent] = useState(false);

  async function choose(next: boolean): Promise<void> {
    setIt(next);
    setHasUnsent(false);
    if (next && (await hasUnsentWork(member.id)).length > 0) {
      setIt(false);
      return setHasUnsent(true);
    }
    setShared(next);
    if (next) await leaveDevice(member.id);
  }

  return (
    <div className="form">
      <SharedComputerBox checked={shared} onChange={next => void choose(next)} />
      {hasUnsent ? (
        <p className="notice warn" role="alert">
          {t('people.shared.unsent')}
        </p>
      ) : null}
    </div>
  );
}
