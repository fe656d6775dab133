import type {ReactNode} from 'react';
import type {ParticipantNumber} from '@plenary/domain/sessions/session';
import {authorStyle, Who} from '../../ui/who.tsx';
import {useHere} from './here.ts';

/** A participant by letter, name and whom they speak for. */
export function Person({number, children}: {number: ParticipantNumber; children?: ReactNode}) {
  const {naming} = useHere();
  const name = naming.person(number);
  const organisation = naming.organisation(number);
  return (
    <>
      <Who name={organisation === null && !/^\p{L}/u.test(name) ? '?' : name} style={authorStyle(number - 1)} />
      <div className="id">
        <b>
          <bdi>{name}</bdi>
        </b>
        {organisation ? (
          <span className="sub">
            <bdi>{organisation}</bdi>
          </span>
        ) : null}
        {children}
      </div>
    </>
  );
}
