import {messages as common} from '../areas/common/ar.ts';
import {messages as words} from '../areas/words/ar.ts';
import {messages as refusals} from '../areas/refusals/ar.ts';
import {messages as front} from '../areas/front/ar.ts';
import {messages as people} from '../areas/people/ar.ts';
import {messages as consultations} from '../areas/consultations/ar.ts';
import {messages as papers} from '../areas/papers/ar.ts';
import {messages as comments} from '../areas/comments/ar.ts';
import {messages as revisions} from '../areas/revisions/ar.ts';
import {messages as sessions} from '../areas/sessions/ar.ts';
import {messages as reading} from '../areas/reading/ar.ts';
import {messages as follow} from '../areas/follow/ar.ts';
import {messages as server} from '../areas/server/ar.ts';
import {messages as exchange} from '../areas/exchange/ar.ts';
import {messages as minutes} from '../areas/minutes/ar.ts';
import {messages as ledger} from '../areas/ledger/ar.ts';
import {messages as verifier} from '../areas/verifier/ar.ts';

export const messages = {
  ...common,
  ...words,
  ...refusals,
  ...front,
  ...people,
  ...consultations,
  ...papers,
  ...comments,
  ...revisions,
  ...sessions,
  ...reading,
  ...follow,
  ...server,
  ...exchange,
  ...minutes,
  ...ledger,
  ...verifier,
};
