import {messages as common} from '../areas/common/fr.ts';
import {messages as words} from '../areas/words/fr.ts';
import {messages as refusals} from '../areas/refusals/fr.ts';
import {messages as front} from '../areas/front/fr.ts';
import {messages as people} from '../areas/people/fr.ts';
import {messages as consultations} from '../areas/consultations/fr.ts';
import {messages as papers} from '../areas/papers/fr.ts';
import {messages as comments} from '../areas/comments/fr.ts';
import {messages as revisions} from '../areas/revisions/fr.ts';
import {messages as sessions} from '../areas/sessions/fr.ts';
import {messages as reading} from '../areas/reading/fr.ts';
import {messages as follow} from '../areas/follow/fr.ts';
import {messages as server} from '../areas/server/fr.ts';
import {messages as exchange} from '../areas/exchange/fr.ts';
import {messages as minutes} from '../areas/minutes/fr.ts';
import {messages as ledger} from '../areas/ledger/fr.ts';
import {messages as verifier} from '../areas/verifier/fr.ts';

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
